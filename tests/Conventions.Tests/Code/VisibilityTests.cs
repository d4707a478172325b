using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smcp.Conventions.Code;

/// <summary>Habit 9: internal sealed, unless another project needs it.</summary>
[Collection(ConventionCollection.Name)]
public sealed class VisibilityTests(SourceTree tree)
{
    /// <summary>Projects that are an interface as a whole: what they declare is for others.</summary>
    private static readonly string[] Contracts =
        ["src/Protocol", "src/Grains.Abstractions", "src/Hosting", "tests/TestSupport", "tests/Engine.Contract"];

    [Fact]
    public void Class_IsSealed_UnlessItIsABase()
    {
        var bases = tree.Sources
            .SelectMany(f => f.Root.DescendantNodes().OfType<BaseListSyntax>())
            .SelectMany(l => l.Types)
            .Select(t => t.Type.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().First().Identifier.Text)
            .ToHashSet(StringComparer.Ordinal);

        Rule.Holds(
            "A class or record is sealed, static or abstract, unless another derives from it.",
            from file in tree.Sources
            from type in file.Root.DescendantNodes().OfType<TypeDeclarationSyntax>()
            where type is ClassDeclarationSyntax or RecordDeclarationSyntax { ClassOrStructKeyword.Text: not "struct" }
            where !tree.Sources.SelectMany(f => Parts(f, type)).Any(p => p.Modifiers.Any(
                m => m.Text is "sealed" or "static" or "abstract"))
            where !bases.Contains(type.Identifier.Text)
            select file.At(type, type.Identifier.Text));
    }

    [Fact]
    public void Type_IsPublic_IfAnotherProjectNeedsIt()
    {
        var names = tree.Sources
            .GroupBy(f => f.Project)
            .ToDictionary(g => g.Key, g => g.SelectMany(NamesIn).ToHashSet(StringComparer.Ordinal));

        Rule.Holds(
            "A type is internal unless another project, or a public signature of its own, names it.",
            from project in tree.Sources.GroupBy(f => f.Project)
            where project.Key.StartsWith("src/", StringComparison.Ordinal) && !Contracts.Contains(project.Key)
            let signatures = project.SelectMany(PublicSignatures).ToLookup(s => s.Name, s => s.Owner)
            from file in project
            from type in file.TopLevelTypes.OfType<BaseTypeDeclarationSyntax>()
            where type.Modifiers.Any(m => m.Text == "public")
            let name = type.Identifier.Text
            where !IsExtensionClass(type) || !names.Any(n => n.Key != project.Key)
            where !names.Any(n => n.Key != project.Key && n.Value.Contains(name))
            where !signatures[name].Any(owner => owner != name)
            select file.At(type, name));
    }

    /// <summary>Extension methods are called without their class's name.</summary>
    private static bool IsExtensionClass(BaseTypeDeclarationSyntax type) =>
        type.Identifier.Text.EndsWith("Extensions", StringComparison.Ordinal);

    private static IEnumerable<TypeDeclarationSyntax> Parts(SourceFile file, TypeDeclarationSyntax type) =>
        file.Root.DescendantNodes().OfType<TypeDeclarationSyntax>()
            .Where(t => t.Identifier.Text == type.Identifier.Text && t.Parent?.GetType() == type.Parent?.GetType());

    private static IEnumerable<string> NamesIn(SourceFile file) =>
        file.Root.DescendantNodes().OfType<SimpleNameSyntax>().Select(n => n.Identifier.Text);

    private static IEnumerable<(string Owner, string Name)> PublicSignatures(SourceFile file) =>
        from type in file.TopLevelTypes.OfType<TypeDeclarationSyntax>()
        where type.Modifiers.Any(m => m.Text == "public")
        from node in type.DescendantNodes(n => n is not (BlockSyntax or ArrowExpressionClauseSyntax))
        where node is SimpleNameSyntax && !IsInPrivateMember(node)
        select (type.Identifier.Text, ((SimpleNameSyntax)node).Identifier.Text);

    private static bool IsInPrivateMember(SyntaxNode node) =>
        node.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.Modifiers
            .Any(m => m.Text is "private" or "internal") ?? false;
}
