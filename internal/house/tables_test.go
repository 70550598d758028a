package house

import "testing"

func TestTablesFindsRowsOfOthers(t *testing.T) {
	const migration = "-- +goose Up\nCREATE TABLE people_post (id TEXT);\n"
	cases := []struct{ name, path, text, want string }{
		{"its own table", "city/people/store.go", "package people\n\nconst q = `SELECT id FROM people_post`\n", ""},
		{"a table of another", "city/bikes/store.go", "package bikes\n\nconst q = `SELECT id FROM people_post`\n",
			"city/bikes/store.go:3: names people_post, a table of city/people"},
		{"a row of another by name", "city/bikes/store.go", "package bikes\n\nvar _ = insert(\"people_post\")\n", "names people_post"},
		{"a join in a migration", "city/bikes/migrations/00001_a.sql", "INSERT INTO bikes_a SELECT id FROM people_post;", "00001_a.sql:1: names people_post"},
		{"a longer word", "city/bikes/store.go", "package bikes\n\nconst q = `people_posts`\n", ""},
		{"a test of the whole", "app/crash_test.go", "package app\n\nconst q = `SELECT id FROM people_post`\n", ""},
		{"a table without its module's name", "city/bikes/migrations/00001_a.sql", "CREATE TABLE ride (id TEXT);", "table ride does not begin with bikes_"},
		{"a virtual table", "city/bikes/migrations/00001_a.sql", "create virtual table if not exists ride using fts5(x);", "table ride does not begin with bikes_"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := Tables(tree(t, "city/people/migrations/00001_people.sql", migration, c.path, c.text))
			if c.want == "" {
				expect(t, got)
				return
			}
			expect(t, got, c.want)
		})
	}
}
