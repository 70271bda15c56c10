package main

import (
	"text/template"
	"time"
)

// shiftedFuncs replaces what reads the clock in sprig: now, ago, and the date functions, which take
// the present where their argument is no date.
func shiftedFuncs(now func() time.Time) template.FuncMap {
	originals := sprigFuncs()
	// sprig's own type switch: whatever is not one of these means the present.
	dated := func(date any) any {
		switch date.(type) {
		case time.Time, *time.Time, int64, int, int32:
			return date
		default:
			return now()
		}
	}
	withZone := originals["dateInZone"].(func(string, any, string) string)
	plain := originals["date"].(func(string, any) string)
	html := originals["htmlDate"].(func(any) string)
	htmlWithZone := originals["htmlDateInZone"].(func(any, string) string)
	inZone := func(layout string, date any, zone string) string {
		return withZone(layout, dated(date), zone)
	}
	return template.FuncMap{
		"now":          now,
		"ago":          func(date any) string { return now().Sub(instant(date, now)).Round(time.Second).String() },
		"date":         func(layout string, date any) string { return plain(layout, dated(date)) },
		"dateInZone":   inZone,
		"date_in_zone": inZone,
		"htmlDate":     func(date any) string { return html(dated(date)) },
		"htmlDateInZone": func(date any, zone string) string {
			return htmlWithZone(dated(date), zone)
		},
	}
}

func instant(date any, now func() time.Time) time.Time {
	switch d := date.(type) {
	case time.Time:
		return d
	case int64:
		return time.Unix(d, 0)
	case int:
		return time.Unix(int64(d), 0)
	default:
		return now()
	}
}
