"""Reads a calendar with evolution-data-server and prints its instants.

usage: eds.py caldav|webcal URL USER PASSWORD FROM TO   (the last two as Unix seconds)

Prints one line for each occurrence, "start end" as Unix seconds, as the desktop
would show it. For caldav it then tries to add an event and prints "refused" when
the server does not let it.
"""
import sys
from urllib.parse import urlparse

import gi

gi.require_version("EDataServer", "1.2")
gi.require_version("ECal", "2.0")
gi.require_version("ICalGLib", "3.0")
from gi.repository import ECal, EDataServer, GLib, ICalGLib

WAIT = 20


def source_of(kind, url, user):
    parsed = urlparse(url)
    source = EDataServer.Source.new(None, None)
    source.set_display_name("Ronda")
    source.set_parent(kind + "-stub")
    source.get_extension(EDataServer.SOURCE_EXTENSION_CALENDAR).set_backend_name(kind)
    auth = source.get_extension(EDataServer.SOURCE_EXTENSION_AUTHENTICATION)
    auth.set_host(parsed.hostname)
    auth.set_port(parsed.port)
    if kind == "caldav":
        auth.set_user(user)
        auth.set_method("plain/password")
    source.get_extension(EDataServer.SOURCE_EXTENSION_SECURITY).set_secure(parsed.scheme == "https")
    web = source.get_extension(EDataServer.SOURCE_EXTENSION_WEBDAV_BACKEND)
    web.set_resource_path(parsed.path)
    return source


def connected(source, password):
    client = ECal.Client.connect_sync(source, ECal.ClientSourceType.EVENTS, 0xFFFFFFFF, None)
    if password:
        credentials = EDataServer.NamedParameters()
        credentials.set(EDataServer.SOURCE_CREDENTIAL_PASSWORD, password)
        credentials.set(EDataServer.SOURCE_CREDENTIAL_USERNAME, "x")
        loop = GLib.MainLoop()
        tries = [0]

        def ask():
            tries[0] += 1
            if source.get_connection_status() == EDataServer.SourceConnectionStatus.CONNECTED or tries[0] > 50:
                loop.quit()
                return False
            source.invoke_authenticate_sync(credentials, None)
            return True

        GLib.timeout_add(200, ask)
        loop.run()
    client.refresh_sync(None)
    return client


def instants(client, start, end):
    found = []

    def each(component, begins, ends, *rest):
        found.append((begins.as_timet_with_zone(begins.get_timezone()), ends.as_timet_with_zone(ends.get_timezone())))
        return True

    client.generate_instances_sync(start, end, None, each)
    return sorted(set(found))


def waited(client, start, end):
    loop = GLib.MainLoop()
    out, tries = [], [0]

    def look():
        tries[0] += 1
        seen = instants(client, start, end)
        stable, out[:] = seen == out, seen
        if out and stable or tries[0] > WAIT * 2:
            loop.quit()
            return False
        return True

    GLib.timeout_add(500, look)
    loop.run()
    return out


def write(client):
    event = ICalGLib.Component.new_from_string(
        "BEGIN:VEVENT\r\nUID:mine\r\nDTSTAMP:20260301T120000Z\r\nDTSTART:20260401T120000Z\r\nDTEND:20260401T130000Z\r\nSUMMARY:x\r\nEND:VEVENT\r\n")
    try:
        client.create_object_sync(event, ECal.OperationFlags.NONE, None)
        print("written")
    except GLib.Error:
        print("refused")


def main():
    kind, url, user, password, start, end = sys.argv[1:7]
    registry = EDataServer.SourceRegistry.new_sync(None)
    source = source_of(kind, url, user)
    registry.commit_source_sync(source, None)
    source = registry.ref_source(source.get_uid())
    client = connected(source, password if kind == "caldav" else "")
    for begins, ends in waited(client, int(start), int(end)):
        print(begins, ends)
    if kind == "caldav":
        write(client)


main()
