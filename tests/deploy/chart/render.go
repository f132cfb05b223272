// SPDX-License-Identifier: Apache-2.0

// Renders a Helm chart with what Helm itself is made of: Go's templates, the
// functions of sprig and the YAML of Kubernetes. Debian has no Helm.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run render.go CHART [VALUES...]
//
// It prints the objects, as a list in JSON. What a template asks for and this
// has not is an error.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"sigs.k8s.io/yaml"
)

type object = map[string]interface{}

func readYaml(path string) (object, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var result object
	if err := yaml.UnmarshalStrict(text, &result); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return result, nil
}

// What is in over wins; null takes a key away.
func merge(under, over object) object {
	for key, value := range over {
		inner, ok := value.(object)
		below, both := under[key].(object)
		if value == nil {
			delete(under, key)
		} else if ok && both {
			under[key] = merge(below, inner)
		} else {
			under[key] = value
		}
	}
	return under
}

func toYaml(value interface{}) (string, error) {
	text, err := yaml.Marshal(value)
	return strings.TrimSuffix(string(text), "\n"), err
}

// The other files of a chart.
type files string

// Get is the text of a file, or nothing.
func (folder files) Get(name string) string {
	text, err := os.ReadFile(filepath.Join(string(folder), name))
	if err != nil {
		return ""
	}
	return string(text)
}

// Chart.yaml's keys, with the names that Helm gives them.
func chartKeys(from object) object {
	result := object{}
	for key, value := range from {
		result[strings.ToUpper(key[:1])+key[1:]] = value
	}
	return result
}

func newEngine() *template.Template {
	engine := template.New("chart").Option("missingkey=error")
	functions := sprig.TxtFuncMap()
	for _, name := range []string{"env", "expandenv"} {
		delete(functions, name)
	}
	functions["toYaml"] = toYaml
	functions["include"] = func(name string, data interface{}) (string, error) {
		var out strings.Builder
		err := engine.ExecuteTemplate(&out, name, data)
		return out.String(), err
	}
	functions["required"] = func(message string, value interface{}) (interface{}, error) {
		if value == nil || value == "" {
			return nil, errors.New(message)
		}
		return value, nil
	}
	return engine.Funcs(functions)
}

func objectsOf(path, text string) ([]object, error) {
	var result []object
	for _, part := range strings.Split("\n"+text, "\n---\n") {
		var each object
		if err := yaml.UnmarshalStrict([]byte(part), &each); err != nil {
			return nil, fmt.Errorf("%s: %w\n%s", path, err, part)
		}
		if each != nil {
			result = append(result, each)
		}
	}
	return result, nil
}

func render(chart string, valuesFiles []string) ([]object, error) {
	about, err := readYaml(filepath.Join(chart, "Chart.yaml"))
	if err != nil {
		return nil, err
	}
	values := object{}
	for _, path := range append([]string{filepath.Join(chart, "values.yaml")}, valuesFiles...) {
		more, err := readYaml(path)
		if err != nil {
			return nil, err
		}
		values = merge(values, more)
	}
	engine := newEngine()
	templates, err := filepath.Glob(filepath.Join(chart, "templates", "*"))
	if err != nil {
		return nil, err
	}
	for _, path := range templates {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		if _, err := engine.New(path).Parse(string(text)); err != nil {
			return nil, err
		}
	}
	data := object{
		"Values":  values,
		"Chart":   chartKeys(about),
		"Files":   files(chart),
		"Release": object{"Name": "chat", "Namespace": "irc", "Service": "Helm"},
	}
	var result []object
	for _, path := range templates {
		if strings.HasPrefix(filepath.Base(path), "_") {
			continue
		}
		var out strings.Builder
		if err := engine.ExecuteTemplate(&out, path, data); err != nil {
			return nil, err
		}
		if filepath.Ext(path) == ".txt" {
			continue
		}
		objects, err := objectsOf(path, out.String())
		if err != nil {
			return nil, err
		}
		result = append(result, objects...)
	}
	return result, nil
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: render CHART [VALUES...]")
		os.Exit(2)
	}
	objects, err := render(os.Args[1], os.Args[2:])
	if err == nil {
		out := json.NewEncoder(os.Stdout)
		out.SetIndent("", "  ")
		err = out.Encode(objects)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
