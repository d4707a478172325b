using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smcp.Conventions.Silo;

/// <summary>The grain interfaces, and what stands for them in Silo, as syntax.</summary>
internal sealed class ShellSources(SourceTree tree)
{
    public IReadOnlyList<InterfaceDeclarationSyntax> Grains { get; } =
    [
        .. TypesOf<InterfaceDeclarationSyntax>(tree, "src/Grains.Abstractions")
            .Where(type => ArgumentOf(type, "Grain") is not null),
    ];

    /// <summary>All of Silo's code.</summary>
    public string Text { get; } = string.Concat(tree.Sources.Where(IsSilo).Select(file => file.Text));

    private IReadOnlyList<TypeDeclarationSyntax> SiloTypes { get; } =
        [.. TypesOf<TypeDeclarationSyntax>(tree, "src/Silo")];

    public InterfaceDeclarationSyntax? InterfaceOf(InterfaceDeclarationSyntax grain) =>
        SiloTypes.OfType<InterfaceDeclarationSyntax>()
            .SingleOrDefault(type => BasesOf(type).Contains(grain.Identifier.Text));

    public ClassDeclarationSyntax? ClassOf(InterfaceDeclarationSyntax grain) =>
        InterfaceOf(grain) is { } shell
            ? SiloTypes.OfType<ClassDeclarationSyntax>()
                .SingleOrDefault(type => BasesOf(type).Contains(shell.Identifier.Text))
            : null;

    /// <summary>
    /// The class of Grains that a shell derives from: of a partial one, the part with the constructor.
    /// </summary>
    public ClassDeclarationSyntax? PlainClassOf(ClassDeclarationSyntax shell) =>
        PartsOfPlainClassOf(shell).FirstOrDefault(type => ConstructorOf(type) is not null);

    public IEnumerable<ClassDeclarationSyntax> PartsOfPlainClassOf(ClassDeclarationSyntax shell) =>
        TypesOf<ClassDeclarationSyntax>(tree, "src/Grains")
            .Where(type => BasesOf(shell) is [var first, ..] && first == type.Identifier.Text);

    /// <summary>The grain type that an interface declares, as it is written.</summary>
    public string? TypeOf(InterfaceDeclarationSyntax grain) => ArgumentOf(grain, "Grain");

    public Violation At(SyntaxNode node, string what) =>
        tree.Sources.Single(file => file.Root.SyntaxTree == node.SyntaxTree).At(node, what);

    /// <summary>The names in a type's base list, without type arguments.</summary>
    public static IReadOnlyList<string> BasesOf(TypeDeclarationSyntax type) =>
        [.. type.BaseList?.Types.Select(entry => entry.Type.ToString()) ?? []];

    /// <summary>The first argument of an attribute, as it is written; null without the attribute.</summary>
    public static string? ArgumentOf(MemberDeclarationSyntax member, string attribute) =>
        member.AttributeLists.SelectMany(list => list.Attributes)
            .Where(candidate => candidate.Name.ToString() == attribute)
            .Select(candidate => candidate.ArgumentList?.Arguments.FirstOrDefault()?.ToString() ?? string.Empty)
            .FirstOrDefault();

    public static bool Interleaves(MethodDeclarationSyntax method) => ArgumentOf(method, "Interleaves") is not null;

    /// <summary>The members of an interface that a type implements explicitly.</summary>
    public static IReadOnlyList<string> ExplicitMembersOf(TypeDeclarationSyntax type, string implemented) =>
    [
        .. type.Members.OfType<MethodDeclarationSyntax>()
            .Where(member => member.ExplicitInterfaceSpecifier?.Name.ToString() == implemented)
            .Select(member => member.Identifier.Text),
        .. type.Members.OfType<PropertyDeclarationSyntax>()
            .Where(member => member.ExplicitInterfaceSpecifier?.Name.ToString() == implemented)
            .Select(member => member.Identifier.Text),
    ];

    /// <summary>The types of a class's constructor parameters, as they are written.</summary>
    public static IEnumerable<string> ParametersOf(ClassDeclarationSyntax type) =>
        ConstructorOf(type)?.Parameters.Select(parameter => parameter.Type!.ToString()) ?? [];

    private static ParameterListSyntax? ConstructorOf(ClassDeclarationSyntax type) =>
        type.ParameterList ?? type.Members.OfType<ConstructorDeclarationSyntax>().FirstOrDefault()?.ParameterList;

    private static bool IsSilo(SourceFile file) => file.Project == "src/Silo";

    private static IEnumerable<TType> TypesOf<TType>(SourceTree tree, string project)
        where TType : TypeDeclarationSyntax =>
        tree.Sources.Where(file => file.Project == project)
            .SelectMany(file => file.Root.DescendantNodes().OfType<TType>());
}
