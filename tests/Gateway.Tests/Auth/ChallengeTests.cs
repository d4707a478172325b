namespace Smcp.Auth;

/// <summary>What clients are told when they are refused: they take it apart, so every character counts.</summary>
public sealed class ChallengeTests
{
    private const string Metadata = "https://smcp.example/.well-known/oauth-protected-resource/t/a/s/b/mcp";

    [Fact]
    public void Challenge_HasNoError_WhenNothingWasShown()
    {
        Assert.Equal($"Bearer resource_metadata=\"{Metadata}\", scope=\"mcp:tools\"", Challenge.Absent(Metadata));
        Assert.Equal($"Bearer resource_metadata=\"{Metadata}\", scope=\"mcp:admin\"", Challenge.AbsentAdmin(Metadata));
    }

    [Fact]
    public void Challenge_SaysWhatIsWrong_WhenSomethingWasShown()
    {
        Assert.Equal(
            "Bearer error=\"invalid_token\", error_description=\"The credential is not valid here.\", "
            + $"resource_metadata=\"{Metadata}\", scope=\"mcp:tools\"",
            Challenge.Invalid(Metadata));
        Assert.Equal(
            "Bearer error=\"invalid_token\", error_description=\"The credential is not valid here.\", "
            + $"resource_metadata=\"{Metadata}\", scope=\"mcp:admin\"",
            Challenge.InvalidAdmin(Metadata));
        Assert.Equal(
            "Bearer error=\"insufficient_scope\", error_description=\"The credential's scopes do not cover this.\", "
            + $"scope=\"mcp:admin\", resource_metadata=\"{Metadata}\"",
            Challenge.Insufficient(Metadata, "mcp:admin"));
    }
}
