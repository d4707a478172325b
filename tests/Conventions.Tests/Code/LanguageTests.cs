using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smcp.Conventions.Code;

/// <summary>Habits 9, 12 and 18, as far as syntax shows them.</summary>
[Collection(ConventionCollection.Name)]
public sealed class LanguageTests(SourceTree tree)
{
    private static readonly string[] Forgotten = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "XX" + "X:"];

    [Fact]
    public void Region_IsNotUsed() => Rule.Holds(
        "No regions: a file that needs them is two files.",
        from file in tree.Sources
        from trivia in file.Root.DescendantTrivia()
        where trivia.IsKind(SyntaxKind.RegionDirectiveTrivia)
        select file.At(trivia.Token, "#region"));

    [Fact]
    public void ConfigureAwait_IsNotUsed() => Rule.Holds(
        "No ConfigureAwait: a grain's code must stay on its scheduler, and nothing else has one.",
        from file in tree.Sources
        from name in file.Root.DescendantNodes().OfType<IdentifierNameSyntax>()
        where name.Identifier.Text == "ConfigureAwait"
        select file.At(name, "ConfigureAwait"));

    [Fact]
    public void Warning_IsSuppressedWithAReason() => Rule.Holds(
        "A suppressed warning says why: a comment on its line, or a Justification.",
        from file in tree.Sources
        from line in file.Text.Split('\n').Index()
        where line.Item.TrimStart().StartsWith("#pragma warning disable", StringComparison.Ordinal)
            && !line.Item.Contains("//", StringComparison.Ordinal)
            || line.Item.TrimStart().StartsWith("[SuppressMessage", StringComparison.Ordinal)
            && !file.Text.Contains("Justification =", StringComparison.Ordinal)
        select new Violation(file.Path, line.Index + 1, line.Item.Trim()));

    [Fact]
    public void Catch_DoesSomething() => Rule.Holds(
        "A catch does something about what it caught, or says in a comment why nothing is to be done.",
        from file in tree.Sources
        from clause in file.Root.DescendantNodes().OfType<CatchClauseSyntax>()
        where clause.Block.Statements.Count == 0
        where !clause.Block.DescendantTrivia().Any(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia))
        select file.At(clause, "an empty catch"));

    [Fact]
    public void Comment_IsNotCode() => Rule.Holds(
        "No code in comments: the history keeps it.",
        from file in tree.Sources
        from trivia in file.Root.DescendantTrivia()
        where trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)
        let text = trivia.ToString().TrimEnd()
        where text.EndsWith(';') && (text.Contains('(') || text.Contains(" = "))
        select file.At(trivia.Token, text));

    [Fact]
    public void Work_IsNotLeftForLater() => Rule.Holds(
        "What is left to do is an issue, not a comment.",
        from path in tree.Paths
        where path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".md", StringComparison.Ordinal)
            || path.EndsWith(".sh", StringComparison.Ordinal) || path.EndsWith(".mjs", StringComparison.Ordinal)
        from line in tree.Read(path).Split('\n').Index()
        from word in Forgotten
        where line.Item.Contains(word, StringComparison.Ordinal)
        select new Violation(path, line.Index + 1, line.Item.Trim()));

    [Fact]
    public void Thread_IsNotBlocked() => Rule.Holds(
        "Nothing waits for a task by blocking a thread.",
        from file in tree.Product
        from access in file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        where access.Parent is InvocationExpressionSyntax
        where access.ToString().EndsWith(".GetAwaiter().GetResult", StringComparison.Ordinal)
            || access.Name.Identifier.Text is "Wait" && access.Parent is InvocationExpressionSyntax
            {
                ArgumentList.Arguments.Count: 0,
            }
        select file.At(access, access.ToString()),
        new Allowed("src/Embedded/Engine/Calls/Nothing.cs", "GetResult", "takes the result of a complete task"));
}
