using System.Text;

namespace Smcp.Runtimes.OpenApi.Reading;

public sealed class YamlTextTests
{
    [Theory]
    [InlineData("a: 1\nb: [x, 'y', 2.5, ~]", """{"a":1,"b":["x","y",2.5,null]}""")]
    [InlineData("200:\n  ok: true\n  no: no\n  v: 3.1.0", """{"200":{"ok":true,"no":"no","v":"3.1.0"}}""")]
    [InlineData("d: 2024-01-01\nz: 007", """{"d":"2024-01-01","z":7}""")]
    [InlineData("a: |\n  x\n  y\n# said\nb: >-\n  x\n  y", """{"a":"x\ny\n","b":"x y"}""")]
    [InlineData("c: {}\nd: \"1\"", """{"c":{},"d":"1"}""")]
    public void Yaml_IsRead_AsItsCoreSchemaSays(string yaml, string json) =>
        Assert.Equal(json, Encoding.UTF8.GetString(YamlText.ToJson(Encoding.UTF8.GetBytes(yaml)).Span));

    [Theory]
    [InlineData("a: &x [1]\nb: *x", "alias")]
    [InlineData("a: !!binary x", "tag")]
    [InlineData("[a]: 1", "key")]
    [InlineData("a: [1", "no YAML at line")]
    [InlineData("", "no YAML document")]
    public void Yaml_IsRefused_WhereItSaysWhatJsonCannot(string yaml, string words) => Assert.Contains(
        words,
        Assert.Throws<OpenApiException>(() => YamlText.ToJson(Encoding.UTF8.GetBytes(yaml))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Yaml_IsRefused_WhereItIsTooDeep() => Assert.Contains(
        "levels",
        Assert.Throws<OpenApiException>(() => YamlText.ToJson(Encoding.UTF8.GetBytes(new string('[', 5_000)))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Description_InYaml_BecomesTools()
    {
        var (plan, problem) = ApiDescriptions.Read(
            """
            openapi: 3.0.3
            info: {title: Pets, version: "1"}
            servers: [{url: "https://api.example.org"}]
            paths:
              /pets:
                get:
                  operationId: listPets
                  responses:
                    200: {description: All of them.}
            """,
            ApiDescriptions.Settings with { Document = "api.yaml" });

        Assert.Equal(string.Empty, problem);
        Assert.Equal("listPets", Assert.Single(plan!.Tools).Name);
    }
}
