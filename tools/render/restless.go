package main

import (
	"reflect"
	"text/template"
	"time"
)

// restless are sprig's functions that answer differently from call to call: random ones, and those that walk a map in
// Go's order of the moment. Functions of the clock are not among them.
var restless = []string{
	"randAlpha", "randAlphaNum", "randAscii", "randBytes", "randInt", "randNumeric", "shuffle", "uuidv4",
	"bcrypt", "htpasswd", "encryptAES",
	"genPrivateKey", "genCA", "genCAWithKey", "genSelfSignedCert", "genSelfSignedCertWithKey", "genSignedCert", "genSignedCertWithKey",
	"keys", "values",
	// of the clock, where it is given a point in time
	"durationRound",
}

// restlessFuncs do what they always do and tell when they are called. A text that was made without them is the same the
// next time.
func restlessFuncs(called func()) template.FuncMap {
	originals := sprigFuncs()
	funcs := shiftedFuncs(func() time.Time {
		called()
		return time.Now()
	})
	for _, name := range restless {
		original := reflect.ValueOf(originals[name])
		funcs[name] = reflect.MakeFunc(original.Type(), func(arguments []reflect.Value) []reflect.Value {
			called()
			if original.Type().IsVariadic() {
				return original.CallSlice(arguments)
			}
			return original.Call(arguments)
		}).Interface()
	}
	return funcs
}
