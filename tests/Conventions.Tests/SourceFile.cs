using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smcp.Conventions;

/// <summary>A C# file of the repository, parsed. The path is relative to the root, with forward slashes.</summary>
internal sealed record SourceFile(string Path, string Text, CompilationUnitSyntax Root)
{
    /// <summary>The first two folders: <c>src/Gateway</c>, <c>tests/Gateway.Tests</c>.</summary>
    public string Project { get; } = string.Join('/', Path.Split('/').Take(2));

    /// <summary>Between the project's folder and the file's name: <c>Mcp</c>, or empty.</summary>
    public string Folder { get; } = string.Join('/', Path.Split('/').Skip(2).SkipLast(1));

    public string Name { get; } = System.IO.Path.GetFileName(Path);

    public bool IsProduct => Path.StartsWith("src/", StringComparison.Ordinal);

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>The types that stand in no other type, delegates included.</summary>
    public IEnumerable<MemberDeclarationSyntax> TopLevelTypes => Root
        .DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .OfType<MemberDeclarationSyntax>()
        .Where(m => m is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    public Violation At(SyntaxNode node, string what) =>
        new(Path, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, what);

    public Violation At(SyntaxToken token, string what) =>
        new(Path, token.GetLocation().GetLineSpan().StartLinePosition.Line + 1, what);
}
