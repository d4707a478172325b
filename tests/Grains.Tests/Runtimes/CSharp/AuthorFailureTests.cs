namespace Smcp.Runtimes.CSharp;

public sealed class AuthorFailureTests
{
    [Fact]
    public void Describe_SaysWhatAndWhere_AndNoMessage()
    {
        var text = AuthorFailure.Describe(Thrown());

        Assert.Contains("System.InvalidOperationException", text, StringComparison.Ordinal);
        Assert.Contains("System.FormatException", text, StringComparison.Ordinal);
        Assert.Contains(nameof(Thrown), text, StringComparison.Ordinal);
        Assert.DoesNotContain("argument", text, StringComparison.Ordinal);
    }

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("argument", new FormatException("argument"));
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }
}
