using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smcp.Conventions.Testing;

/// <summary>Habit 20: a test's name is a sentence, and its place is the place of what it tests.</summary>
[Collection(ConventionCollection.Name)]
public sealed partial class TestNameTests(SourceTree tree)
{
    /// <summary>Projects that test no one project of src.</summary>
    private static readonly string[] Whole =
    [
        "tests/Conventions.Tests", "tests/EndToEnd.Tests", "tests/Security.Tests", "tests/Engine.Contract",
        "tests/TestSupport",
    ];

    private const string DrivesAClock = "lets other threads follow the manual clock, and awaits the event itself";

    /// <summary>Where the tests of a project keep what they share.</summary>
    private const string Doubles = "Testing";

    [Fact]
    public void Test_IsNamedAsASentence() => Rule.Holds(
        "A test is named Subject_Outcome or Subject_Outcome_WhenCondition.",
        from file in tree.Tests
        from method in file.Root.DescendantNodes().OfType<MethodDeclarationSyntax>()
        where IsTest(method) && !Sentence().IsMatch(method.Identifier.Text)
        select file.At(method, method.Identifier.Text));

    [Fact]
    public void Test_StandsWhereItsSubjectStands() => Rule.Holds(
        "The folders of a test project mirror those of the project that it tests.",
        from file in tree.Tests
        where !Whole.Contains(file.Project) && file.Folder.Length > 0 && file.Folder != Doubles
        let tested = "src/" + file.Project["tests/".Length..].Replace(".Tests", string.Empty, StringComparison.Ordinal)
        where !tree.Paths.Any(p => p.StartsWith($"{tested}/{file.Folder}/", StringComparison.Ordinal))
        select new Violation(file.Path, 1, $"{tested} has no folder {file.Folder}"));

    [Fact]
    public void Test_DoesNotSleep() => Rule.Holds(
        "A test waits for the event itself, on a clock that it drives.",
        from file in tree.Tests
        from access in file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        where access.ToString() is "Task.Delay" or "Thread.Sleep"
        where access.Parent is InvocationExpressionSyntax call && !WaitsForEver(call)
        select file.At(access, access.Parent!.ToString()),
        new Allowed("tests/Embedded.Tests/Engine/EmbeddedFixture.cs", "Milliseconds(2)", DrivesAClock));

    private static bool WaitsForEver(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.FirstOrDefault()?.ToString() is "Timeout.InfiniteTimeSpan" or "Timeout.Infinite";

    private static bool IsTest(MethodDeclarationSyntax method) => method.AttributeLists.SelectMany(l => l.Attributes)
        .Any(a => a.Name.ToString() is var name
            && (name.EndsWith("Fact", StringComparison.Ordinal) || name.EndsWith("Theory", StringComparison.Ordinal)));

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*(_[A-Z0-9][A-Za-z0-9]*){1,2}$")]
    private static partial Regex Sentence();
}
