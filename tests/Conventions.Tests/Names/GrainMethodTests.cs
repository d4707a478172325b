using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smcp.Conventions.Names;

/// <summary>Habit 15: a grain method that serves a caller says who calls.</summary>
[Collection(ConventionCollection.Name)]
public sealed class GrainMethodTests(SourceTree tree)
{
    private const string Inner = "from another grain, on nobody's behalf";

    [Fact]
    public void GrainMethod_TakesTheCallContextFirst() => Rule.Holds(
        "The first parameter of a grain method is its CallContext; a method that grains call among themselves says so: "
        + "its summary begins with 'From'.",
        from file in tree.Sources
        where file.Project == "src/Grains.Abstractions"
        from type in file.TopLevelTypes.OfType<InterfaceDeclarationSyntax>()
        where type.AttributeLists.SelectMany(l => l.Attributes).Any(a => a.Name.ToString() == "Grain")
        from method in type.Members.OfType<MethodDeclarationSyntax>()
        where method.ParameterList.Parameters.FirstOrDefault()?.Type?.ToString() != "CallContext"
        where !IsFromAGrain(method)
        select file.At(method, $"{type.Identifier.Text}.{method.Identifier.Text} ({Inner}?)"));

    private static bool IsFromAGrain(MethodDeclarationSyntax method) =>
        method.GetLeadingTrivia().ToFullString().Replace("///", string.Empty, StringComparison.Ordinal)
            .Split("<summary>").Last().TrimStart().StartsWith("From ", StringComparison.Ordinal);
}
