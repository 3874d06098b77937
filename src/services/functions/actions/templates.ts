/** A small action to start from. */
export interface ActionTemplate {
  /** Kind of its runtime, e.g. `nodejs:22`. */
  readonly kind: string;
  readonly type: 'basic' | 'web';
  /** Text, or files of an archive. */
  readonly source: string | readonly TemplateFile[];
}

/** A file of a template: text, or bytes as Base64. */
export interface TemplateFile {
  readonly path: string;
  readonly text: string;
  readonly isBase64?: true;
}

/** What a runtime that takes archives alone is built from, where nobody can build it here: it is written to a folder. */
export interface ProjectTemplate {
  readonly kind: string;
  readonly files: readonly TemplateFile[];
  /** The command that builds it, and the folder that is then deployed. */
  readonly build: string;
  readonly output: string;
}

const NODE_BASIC = `/** Runs with the parameters it is given; what it returns is the result. */
function main(args) {
  const { name = 'world' } = args;
  console.log(\`greeting \${name}\`);
  return { greeting: \`Hello, \${name}!\` };
}

exports.main = main;
`;

const NODE_WEB = `/** Answers an HTTP request that comes through API Gateway: what it returns is the response. */
function main(args) {
  const { name = 'world' } = args;
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: { greeting: \`Hello, \${name}!\` },
  };
}

exports.main = main;
`;

const PYTHON_BASIC = `def main(args):
    """Runs with the parameters it is given; what it returns is the result."""
    name = args.get("name", "world")
    print("greeting", name)
    return {"greeting": f"Hello, {name}!"}
`;

const PYTHON_WEB = `def main(args):
    """Answers an HTTP request that comes through API Gateway: what it returns is the response."""
    name = args.get("name", "world")
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json; charset=utf-8"},
        "body": {"greeting": f"Hello, {name}!"},
    }
`;

const SWIFT = `/// Runs with the parameters it is given; what it returns is the result.
func main(args: [String: Any]) -> [String: Any] {
    let name = args["name"] as? String ?? "world"
    print("greeting \\(name)")
    return ["greeting": "Hello, \\(name)!"]
}
`;

const PHP_BASIC = `<?php
/** Runs with the parameters it is given; what it returns is the result. */
function main(array $args): array
{
    $name = $args["name"] ?? "world";
    echo "greeting {$name}\\n";
    return ["greeting" => "Hello, {$name}!"];
}
`;

const PHP_WEB = `<?php
/** Answers an HTTP request that comes through API Gateway: what it returns is the response. */
function main(array $args): array
{
    $name = $args["name"] ?? "world";
    return [
        "statusCode" => 200,
        "headers" => ["Content-Type" => "application/json; charset=utf-8"],
        "body" => ["greeting" => "Hello, {$name}!"],
    ];
}
`;

const GO = `package main

import "fmt"

// Main runs with the parameters it is given; what it returns is the result.
func Main(args map[string]interface{}) map[string]interface{} {
	name, ok := args["name"].(string)
	if !ok {
		name = "world"
	}
	fmt.Println("greeting", name)
	return map[string]interface{}{"greeting": "Hello, " + name + "!"}
}
`;

const JAVA = `import com.google.gson.JsonObject;

/** Greets whoever the parameter "name" names. */
public class Main {
    public static JsonObject main(JsonObject args) {
        String name = args.has("name") ? args.getAsJsonPrimitive("name").getAsString() : "world";
        JsonObject result = new JsonObject();
        result.addProperty("greeting", "Hello, " + name + "!");
        return result;
    }
}
`;

/** The source above, compiled for Java 8: it runs on any later one, too. */
const JAVA_CLASS = [
  'yv66vgAAADQAOAoAAgADBwAEDAAFAAYBABBqYXZhL2xhbmcvT2JqZWN0AQAGPGluaXQ+AQADKClWCAAIAQAEbmFtZQoACgALBwAMDAANAA4BABpjb20vZ29v',
  'Z2xlL2dzb24vSnNvbk9iamVjdAEAA2hhcwEAFShMamF2YS9sYW5nL1N0cmluZzspWgoACgAQDAARABIBABJnZXRBc0pzb25QcmltaXRpdmUBADMoTGphdmEv',
  'bGFuZy9TdHJpbmc7KUxjb20vZ29vZ2xlL2dzb24vSnNvblByaW1pdGl2ZTsKABQAFQcAFgwAFwAYAQAdY29tL2dvb2dsZS9nc29uL0pzb25QcmltaXRpdmUB',
  'AAtnZXRBc1N0cmluZwEAFCgpTGphdmEvbGFuZy9TdHJpbmc7CAAaAQAFd29ybGQKAAoAAwgAHQEACGdyZWV0aW5nBwAfAQAXamF2YS9sYW5nL1N0cmluZ0J1',
  'aWxkZXIKAB4AAwgAIgEAB0hlbGxvLCAKAB4AJAwAJQAmAQAGYXBwZW5kAQAtKExqYXZhL2xhbmcvU3RyaW5nOylMamF2YS9sYW5nL1N0cmluZ0J1aWxkZXI7',
  'CAAoAQABIQoAHgAqDAArABgBAAh0b1N0cmluZwoACgAtDAAuAC8BAAthZGRQcm9wZXJ0eQEAJyhMamF2YS9sYW5nL1N0cmluZztMamF2YS9sYW5nL1N0cmlu',
  'ZzspVgcAMQEABE1haW4BAARDb2RlAQAEbWFpbgEAOihMY29tL2dvb2dsZS9nc29uL0pzb25PYmplY3Q7KUxjb20vZ29vZ2xlL2dzb24vSnNvbk9iamVjdDsB',
  'AA1TdGFja01hcFRhYmxlBwA3AQAQamF2YS9sYW5nL1N0cmluZwAhADAAAgAAAAAAAgABAAUABgABADIAAAARAAEAAQAAAAUqtwABsQAAAAAACQAzADQAAQAy',
  'AAAAWQAEAAMAAABAKhIHtgAJmQAPKhIHtgAPtgATpwAFEhlMuwAKWbcAG00sEhy7AB5ZtwAgEiG2ACMrtgAjEie2ACO2ACm2ACwssAAAAAEANQAAAAcAAhVB',
  'BwA2AAA=',
].join('');

const JAVA_FILES: readonly TemplateFile[] = [
  { path: 'META-INF/MANIFEST.MF', text: 'Manifest-Version: 1.0\n' },
  { path: 'Main.class', text: JAVA_CLASS, isBase64: true },
  { path: 'Main.java', text: JAVA },
];

/** Templates of actions that run as they are: at least one for each current runtime but .NET, the basic one first. */
export const TEMPLATES: readonly ActionTemplate[] = [
  { kind: 'nodejs:22', type: 'basic', source: NODE_BASIC },
  { kind: 'nodejs:22', type: 'web', source: NODE_WEB },
  { kind: 'python:3.13', type: 'basic', source: PYTHON_BASIC },
  { kind: 'python:3.13', type: 'web', source: PYTHON_WEB },
  { kind: 'java:21', type: 'basic', source: JAVA_FILES },
  { kind: 'java', type: 'basic', source: JAVA_FILES },
  { kind: 'swift:3.1.1', type: 'basic', source: SWIFT },
  { kind: 'php:7.3', type: 'basic', source: PHP_BASIC },
  { kind: 'php:7.3', type: 'web', source: PHP_WEB },
  { kind: 'go:1.19', type: 'basic', source: GO },
];

const DOTNET_PROJECT = `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>netstandard2.0</TargetFramework>
    <AssemblyName>Function</AssemblyName>
    <RootNamespace>Function</RootNamespace>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Newtonsoft.Json" Version="12.0.2" />
  </ItemGroup>
</Project>
`;

const DOTNET_PROGRAM = `using Newtonsoft.Json.Linq;

namespace Function
{
    /// <summary>Runs with the parameters it is given; what it returns is the result.</summary>
    public class Program
    {
        public JObject Main(JObject args)
        {
            var name = args.ContainsKey("name") ? args["name"].ToString() : "world";
            return new JObject { ["greeting"] = "Hello, " + name + "!" };
        }
    }
}
`;

/** Projects to build first (cloudfunctions.md §5.3: .NET takes archives alone). */
export const PROJECTS: readonly ProjectTemplate[] = [
  {
    kind: 'dotnet:2.2',
    files: [{ path: 'Function.csproj', text: DOTNET_PROJECT }, { path: 'Program.cs', text: DOTNET_PROGRAM }],
    build: 'dotnet publish -c Release -o out',
    output: 'out',
  },
];
