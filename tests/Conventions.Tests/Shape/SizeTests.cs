using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smcp.Conventions.Shape;

/// <summary>Habit 4: what one has to read at once is small.</summary>
[Collection(ConventionCollection.Name)]
public sealed class SizeTests(SourceTree tree)
{
    private const int FileLinesMax = 400;
    private const int MethodLinesMax = 60;
    private const int LineCharactersMax = 120;
    private const int MethodParametersMax = 5;
    private const int ConstructorParametersMax = 8;
    private const int ProgramLinesMax = 60;

    [Fact]
    public void Syntax_IsReadWhole() => Rule.Holds(
        "A file that this compiler library cannot parse would escape the other rules.",
        tree.Sources.SelectMany(f => f.Root.GetDiagnostics()
            .Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => new Violation(f.Path, d.Location.GetLineSpan().StartLinePosition.Line + 1, d.ToString()))));

    [Fact]
    public void File_HasFourHundredLinesAtMost() => Rule.Holds(
        $"A file has at most {FileLinesMax} lines.",
        tree.Sources
            .Select(f => (File: f, Lines: f.Text.AsSpan().Count('\n')))
            .Where(x => x.Lines > FileLinesMax)
            .Select(x => new Violation(x.File.Path, 1, $"{x.Lines} lines")));

    [Fact]
    public void Line_HasHundredTwentyCharactersAtMost() => Rule.Holds(
        $"A line has at most {LineCharactersMax} characters.",
        from file in tree.Sources
        from line in file.Text.Split('\n').Index()
        where line.Item.Length > LineCharactersMax
        select new Violation(file.Path, line.Index + 1, $"{line.Item.Length} characters"));

    [Fact]
    public void Method_HasSixtyLinesAtMost() => Rule.Holds(
        $"A method has at most {MethodLinesMax} lines.",
        from file in tree.Sources
        from method in file.Root.DescendantNodes()
        where method is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
        let span = method.GetLocation().GetLineSpan()
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        where lines > MethodLinesMax
        select file.At(method, $"{NameOf(method)} has {lines} lines"));

    [Fact]
    public void Parameters_AreFew() => Rule.Holds(
        $"A method has at most {MethodParametersMax} parameters, a constructor {ConstructorParametersMax}.",
        from file in tree.Sources
        from list in file.Root.DescendantNodes().OfType<ParameterListSyntax>()
        let limit = list.Parent is ConstructorDeclarationSyntax or TypeDeclarationSyntax
            ? ConstructorParametersMax
            : MethodParametersMax
        where list.Parameters.Count > limit && !IsForced(list.Parent)
        select file.At(list, $"{NameOf(list.Parent)} has {list.Parameters.Count} parameters"));

    [Fact]
    public void Program_IsShort() => Rule.Holds(
        $"Program.cs reads as the list of what is wired: at most {ProgramLinesMax} lines.",
        tree.Product
            .Where(f => f.Name == "Program.cs" && f.Text.AsSpan().Count('\n') > ProgramLinesMax)
            .Select(f => new Violation(f.Path, 1, $"{f.Text.AsSpan().Count('\n')} lines")));

    /// <summary>
    /// A signature that a base class, an interface or native code dictates; a log line names its values.
    /// </summary>
    private static bool IsForced(SyntaxNode? declaration) => declaration switch
    {
        MethodDeclarationSyntax m => m.Modifiers.Any(t => t.Text is "override" or "extern")
            || m.ExplicitInterfaceSpecifier is not null
            || m.AttributeLists.SelectMany(l => l.Attributes)
                .Any(a => a.Name.ToString() is "LoggerMessage" or "LibraryImport" or "DllImport"),
        LambdaExpressionSyntax or DelegateDeclarationSyntax => true,
        _ => false,
    };

    private static string NameOf(SyntaxNode? node) => node switch
    {
        MethodDeclarationSyntax m => m.Identifier.Text,
        ConstructorDeclarationSyntax c => c.Identifier.Text,
        LocalFunctionStatementSyntax l => l.Identifier.Text,
        TypeDeclarationSyntax t => t.Identifier.Text,
        _ => node?.GetType().Name ?? "?",
    };
}
