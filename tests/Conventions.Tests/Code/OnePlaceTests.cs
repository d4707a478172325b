using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smcp.Conventions.Code;

/// <summary>Habit 10: one place per fact of the protocol.</summary>
[Collection(ConventionCollection.Name)]
public sealed class OnePlaceTests(SourceTree tree)
{
    private static readonly string[] Places =
    [
        "src/Protocol/McpRevision.cs", "src/Protocol/McpHeaders.cs", "src/Protocol/McpMethods.cs",
        "src/Protocol/McpMetaKeys.cs",
    ];

    [Fact]
    public void ProtocolWord_StandsInOneFile()
    {
        var facts = tree.Product
            .Where(f => Places.Contains(f.Path))
            .SelectMany(f => Literals(f).Select(l => (Word: l.Token.ValueText, f.Path)))
            .Where(x => x.Word.AsSpan().ContainsAny('/', '-'))
            .ToLookup(x => x.Word, x => x.Path);

        Rule.Holds(
            "A revision, header, method or meta key of the protocol is written out in one file of src/Protocol only.",
            from file in tree.Product
            where !Places.Contains(file.Path)
            from literal in Literals(file)
            where facts.Contains(literal.Token.ValueText)
            select file.At(literal, $"\"{literal.Token.ValueText}\" is in {facts[literal.Token.ValueText].First()}"));
    }

    private static IEnumerable<LiteralExpressionSyntax> Literals(SourceFile file) => file.Root.DescendantNodes()
        .OfType<LiteralExpressionSyntax>()
        .Where(l => l.IsKind(SyntaxKind.StringLiteralExpression));
}
