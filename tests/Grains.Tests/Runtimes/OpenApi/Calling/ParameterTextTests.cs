using System.Text.Json;
using Smcp.Runtimes.OpenApi.Reading;

namespace Smcp.Runtimes.OpenApi.Calling;

/// <summary>The examples of OpenAPI 3.1, Style Examples, and what none of them has.</summary>
public sealed class ParameterTextTests
{
    private const string Empty = "\"\"";
    private const string Text = "\"blue\"";
    private const string List = """["blue","black","brown"]""";
    private const string Map = """{"R":100,"G":200,"B":150}""";

    [Theory]
    [InlineData("matrix", false, Empty, ";color")]
    [InlineData("matrix", false, Text, ";color=blue")]
    [InlineData("matrix", false, List, ";color=blue,black,brown")]
    [InlineData("matrix", false, Map, ";color=R,100,G,200,B,150")]
    [InlineData("matrix", true, List, ";color=blue;color=black;color=brown")]
    [InlineData("matrix", true, Map, ";R=100;G=200;B=150")]
    [InlineData("label", false, Text, ".blue")]
    [InlineData("label", false, List, ".blue,black,brown")]
    [InlineData("label", true, List, ".blue.black.brown")]
    [InlineData("label", false, Map, ".R,100,G,200,B,150")]
    [InlineData("label", true, Map, ".R=100.G=200.B=150")]
    [InlineData("simple", false, Text, "blue")]
    [InlineData("simple", false, List, "blue,black,brown")]
    [InlineData("simple", true, List, "blue,black,brown")]
    [InlineData("simple", false, Map, "R,100,G,200,B,150")]
    [InlineData("simple", true, Map, "R=100,G=200,B=150")]
    [InlineData("simple", false, "\"a/b?c#d e\"", "a%2Fb%3Fc%23d%20e")]
    public void Path_IsWrittenByItsStyle(string style, bool explodes, string value, string expected) =>
        Assert.Equal(expected, ParameterText.Path(Of("path", style, explodes), Json(value)));

    [Theory]
    [InlineData("form", false, Empty, "color=")]
    [InlineData("form", true, Text, "color=blue")]
    [InlineData("form", false, List, "color=blue,black,brown")]
    [InlineData("form", true, List, "color=blue&color=black&color=brown")]
    [InlineData("form", false, Map, "color=R,100,G,200,B,150")]
    [InlineData("form", true, Map, "R=100&G=200&B=150")]
    [InlineData("spaceDelimited", false, List, "color=blue%20black%20brown")]
    [InlineData("spaceDelimited", false, Map, "color=R%20100%20G%20200%20B%20150")]
    [InlineData("pipeDelimited", false, List, "color=blue%7Cblack%7Cbrown")]
    [InlineData("deepObject", true, Map, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150")]
    [InlineData("deepObject", true, """{"a":{"b":[1,2]}}""", "color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=2")]
    [InlineData("form", true, "[]", "")]
    [InlineData("form", true, "\"a&b=c\"", "color=a%26b%3Dc")]
    [InlineData("form", false, """[{"a":1}]""", "color=%7B%22a%22%3A1%7D")]
    [InlineData("form", true, "true", "color=true")]
    [InlineData("form", true, "1.50", "color=1.50")]
    public void Query_IsWrittenByItsStyle(string style, bool explodes, string value, string expected) =>
        Assert.Equal(expected, string.Join('&', ParameterText.Query(Of("query", style, explodes), Json(value))));

    [Fact]
    public void Query_ThatAllowsReserved_StillEndsNothing() => Assert.Equal(
        "color=a/b:c%26d%23e%2B%3D%25",
        string.Join('&', ParameterText.Query(
            Of("query", "form", true) with { AllowsReserved = true }, Json("\"a/b:c&d#e+=%\""))));

    [Theory]
    [InlineData(List, "blue,black,brown")]
    [InlineData(Text, "blue")]
    [InlineData(Map, "R,100,G,200,B,150")]
    public void Header_IsWrittenPlainly(string value, string expected) =>
        Assert.Equal(expected, ParameterText.Header(Of("header", "simple", false), Json(value)));

    [Theory]
    [InlineData("\"a\\r\\nX-Evil: 1\"")]
    [InlineData("\"caf\u00e9\"")]
    public void Header_ThatNoneCanBe_IsRefused(string value) => Assert.Throws<ArgumentTextException>(
        () => ParameterText.Header(Of("header", "simple", false), Json(value)));

    private static JsonElement Json(string value) => JsonDocument.Parse(value).RootElement;

    private static ApiParameter Of(string place, string style, bool explodes)
    {
        var isExploded = explodes ? "true" : "false";
        var said = Json($$"""{"name":"color","in":"{{place}}","style":"{{style}}","explode":{{isExploded}} }""");
        return ApiParameter.Read(said, ApiParameter.PlaceOf(said)!.Value, "color");
    }
}
