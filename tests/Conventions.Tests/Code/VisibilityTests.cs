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
        var closed = Classes().Where(c => c.Type.Modifiers.Any(m => m.Text is "sealed" or "static" or "abstract"))
            .Select(c => (c.File.Project, c.Type.Identifier.Text))
            .ToHashSet();

        Rule.Holds(
            "A class or record is sealed, static or abstract, unless another derives from it.",
            from declared in Classes()
            where !closed.Contains((declared.File.Project, declared.Type.Identifier.Text))
            where !bases.Contains(declared.Type.Identifier.Text)
            select declared.File.At(declared.Type, declared.Type.Identifier.Text),
            new Allowed(
                "tests/Security.Tests/Threats/Pretence.cs", "Pretence", "DispatchProxy derives from it at run time"));
    }

    [Fact]
    public void Type_IsPublic_IfAnotherProjectNeedsIt()
    {
        var users = tree.Sources
            .SelectMany(f => NamesIn(f).Distinct(StringComparer.Ordinal).Select(name => (name, f.Project)))
            .Distinct()
            .ToLookup(u => u.name, u => u.Project, StringComparer.Ordinal);

        Rule.Holds(
            "A type is internal unless another project, or a public signature of its own, names it.",
            from project in tree.Sources.GroupBy(f => f.Project)
            where project.Key.StartsWith("src/", StringComparison.Ordinal) && !Contracts.Contains(project.Key)
            let signatures = project.SelectMany(PublicSignatures).ToLookup(s => s.Name, s => s.Owner)
            from file in project
            from type in file.TopLevelTypes.OfType<BaseTypeDeclarationSyntax>()
            where type.Modifiers.Any(m => m.Text == "public")
            where !NamesOf(type).Any(name => users[name].Any(user => user != project.Key))
            where !signatures[type.Identifier.Text].Any(owner => owner != type.Identifier.Text)
            select file.At(type, type.Identifier.Text));
    }

    private IEnumerable<(SourceFile File, TypeDeclarationSyntax Type)> Classes() =>
        from file in tree.Sources
        from type in file.Root.DescendantNodes().OfType<TypeDeclarationSyntax>()
        where type is ClassDeclarationSyntax or RecordDeclarationSyntax { ClassOrStructKeyword.Text: not "struct" }
        select (file, type);

    /// <summary>A type is used by its name; extension methods by theirs.</summary>
    private static IEnumerable<string> NamesOf(BaseTypeDeclarationSyntax type) =>
        type is ClassDeclarationSyntax declared && declared.Modifiers.Any(m => m.Text == "static")
            ? declared.Members.OfType<MethodDeclarationSyntax>()
                .Select(m => m.Identifier.Text)
                .Append(type.Identifier.Text)
            : [type.Identifier.Text];

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
