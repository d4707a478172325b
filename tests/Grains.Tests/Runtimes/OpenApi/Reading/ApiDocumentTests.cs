using System.Text;

namespace Smcp.Runtimes.OpenApi.Reading;

public sealed class ApiDocumentTests
{
    private const int Many = 1_000;

    [Fact]
    public void Reference_IsLookedForOnce()
    {
        var document = Parse(5 * Many);
        for (var i = 0; i < Many; i++)
        {
            Assert.Equal("integer", document.Find("#/components/schemas/S7").TextOf("type"));
        }
    }

    [Fact]
    public void References_ThatTakeTooManySteps_EndTheReading()
    {
        var document = Parse(5 * Many);

        var exception = Assert.Throws<OpenApiException>(() =>
        {
            for (var i = 0; i < Many; i++)
            {
                document.Find($"#/components/schemas/S{i}");
            }
        });
        Assert.True(exception.IsLast);
        Assert.Contains("more than 5000 steps", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_EndsWhenItIsCancelled()
    {
        using var cancelled = new CancellationTokenSource();
        var document = Parse(5 * Many, cancelled.Token);
        document.Find("#/components");
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => document.Find("#/components"));
    }

    [Theory]
    [InlineData(1_024, true)]
    [InlineData(1_025, false)]
    public void Name_IsNotTooLong(int bytes, bool isTaken)
    {
        var json = Encoding.UTF8.GetBytes(ApiDescriptions.Of(
            "{}", "{\"" + new string('x', bytes) + "\": {}}"));
        var exception = Record.Exception(() => ApiDocument.Parse(json, Many, CancellationToken.None));

        Assert.Equal(isTaken, exception is null);
        Assert.True(isTaken || exception is OpenApiException);
    }

    private static ApiDocument Parse(long stepsMax, CancellationToken cancellationToken = default)
    {
        var schemas = Enumerable.Range(0, Many).Select(i => $"\"S{i}\": " + """{"type": "integer"}""");
        var description = ApiDescriptions.Of("{}", "{\"schemas\": {" + string.Join(',', schemas) + "}}");
        return ApiDocument.Parse(Encoding.UTF8.GetBytes(description), stepsMax, cancellationToken);
    }
}
