using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smcp.Conventions.Limits;

/// <summary>Habit 13: every limit is an option with a default, a range and a sentence.</summary>
[Collection(ConventionCollection.Name)]
public sealed partial class OptionsTests(SourceTree tree)
{
    private const string Page = "docs/configuration.md";

    private static readonly string[] Bounded = ["int", "long", "double", "TimeSpan", "int?", "long?", "TimeSpan?"];

    /// <summary>Options that no configuration sets.</summary>
    private static readonly FrozenDictionary<string, string> Unconfigured = new Dictionary<string, string>
    {
        ["ServerTestOptions"] = "an argument of the test host",
        ["EngineFaultOptions"] = "faults are set by tests, never by a product's configuration",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    [Fact]
    public void Option_SaysItsDefault() => Rule.Holds(
        "An option's summary ends with its default: 'Default: …'.",
        from option in Options()
        where !DefaultSentence().IsMatch(SummaryOf(option.Property))
        select option.File.At(option.Property, option.Name));

    [Fact]
    public void Option_HasARange_WhenItIsANumberOrATime() => Rule.Holds(
        "An option that counts or times something has a [Range].",
        from option in Options()
        where Bounded.Contains(option.Property.Type.ToString())
        where !option.Property.AttributeLists.SelectMany(l => l.Attributes)
            .Any(a => a.Name.ToString().Contains("Range", StringComparison.Ordinal))
        select option.File.At(option.Property, option.Name));

    [Fact]
    public void Option_IsInTheConfigurationPage() => Rule.Holds(
        $"Every option stands in {Page}.",
        from option in Options()
        where !tree.Read(Page).Contains($"`{option.Property.Identifier.Text}`", StringComparison.Ordinal)
        select option.File.At(option.Property, option.Name));

    [Fact]
    public void Options_AreCheckedAtTheStart() => Rule.Holds(
        "Options are registered by AddSection<X>(), or by AddOptions<X>() … ValidateOnStart().",
        from option in Options().DistinctBy(o => o.Class)
        where !tree.Product.Where(f => f.Project == option.File.Project).Any(f => Registers(f, option.Class))
        select option.File.At(option.Property, $"{option.Class} is never validated"));

    private IEnumerable<(SourceFile File, string Class, PropertyDeclarationSyntax Property, string Name)> Options() =>
        from file in tree.Product
        from type in file.TopLevelTypes.OfType<TypeDeclarationSyntax>()
        where type.Identifier.Text.EndsWith("Options", StringComparison.Ordinal)
        where !type.Modifiers.Any(m => m.Text == "static") && !Unconfigured.ContainsKey(type.Identifier.Text)
        from property in type.Members.OfType<PropertyDeclarationSyntax>()
        where property.AccessorList?.Accessors.Any(a => a.Keyword.Text is "set" or "init") == true
        select (file, type.Identifier.Text, property, $"{type.Identifier.Text}.{property.Identifier.Text}");

    private static string SummaryOf(SyntaxNode node) => Spaces().Replace(
        node.GetLeadingTrivia().ToFullString().Replace("///", " ", StringComparison.Ordinal), " ");

    /// <summary>A call of AddSection, which validates, or of AddOptions in a chain that does.</summary>
    private static bool Registers(SourceFile file, string options) =>
        file.Root.DescendantNodes().OfType<GenericNameSyntax>()
            .Where(name => name.TypeArgumentList.Arguments.Any(a => a.ToString() == options))
            .Any(name => name.Identifier.Text == "AddSection"
                || name.Identifier.Text == "AddOptions" && name.Ancestors()
                    .TakeWhile(n => n is not (StatementSyntax or ArrowExpressionClauseSyntax))
                    .OfType<InvocationExpressionSyntax>()
                    .Any(call => call.Expression.ToString().EndsWith("ValidateOnStart", StringComparison.Ordinal)));

    [GeneratedRegex(@"Default: .+\.\s*</summary>")]
    private static partial Regex DefaultSentence();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
