package delivery

import "ronda/platform/fault"

func unwritten() error { return fault.New(fault.Unavailable, "fault.unavailable") }
