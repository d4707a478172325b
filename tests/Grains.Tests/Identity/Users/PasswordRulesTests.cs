namespace Smcp.Identity.Users;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("correct horse battery stable")]
    [InlineData("Fünf Bäume am Öresund")]
    [InlineData("q7#Lk2!vR9pZ")]
    public void Password_MayBeSet_WhenItIsLongAndUncommon(string password) => Assert.Null(ProblemOf(password));

    [Theory]
    [InlineData("short", "at least 12")]
    [InlineData("elevenchars", "at least 12")]
    [InlineData("Password1234", "guessed first")]
    [InlineData("qwertyqwerty", "guessed first")]
    [InlineData("aaaaaaaaaaaaaaaa", "guessed first")]
    [InlineData("abcdefabcdefabcdef", "guessed first")]
    [InlineData("alice.miller2026", "guessed first")]
    [InlineData("with a \u0007 control", "control")]
    public void Password_IsRefused_WhenItIsGuessedFirst(string password, string said) =>
        Assert.Contains(said, ProblemOf(password), StringComparison.Ordinal);

    [Fact]
    public void Password_IsRefused_BeyondTheLength()
    {
        var text = string.Concat(Enumerable.Range(0, 129).Select(i => (char)('a' + (i * 7 % 26))));
        Assert.NotNull(ProblemOf(text));
        Assert.Null(ProblemOf(text[..128]));
    }

    private static string? ProblemOf(string password) => PasswordRules.Problem(
        password, LoginName.Parse("alice.miller@example.org"), new PasswordOptions());
}
