using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smcp.Conventions.Wiring;

/// <summary>Habit 17: log lines are declared, beside their class, with an id of their own.</summary>
[Collection(ConventionCollection.Name)]
public sealed class LoggingTests(SourceTree tree)
{
    private static readonly string[] Secrets = ["token", "password", "secret", "arguments", "result", "body"];

    [Fact]
    public void LogLine_StandsInALogFile() => Rule.Holds(
        "[LoggerMessage] methods stand in X.Log.cs.",
        from file in tree.Product
        where !file.Name.EndsWith(".Log.cs", StringComparison.Ordinal)
        from attribute in LogLines(file)
        select file.At(attribute, "a log line outside X.Log.cs"));

    [Fact]
    public void LogLine_TakesItsIdFromEventIds() => Rule.Holds(
        "A log line's id is a constant of its project's EventIds, and no other line's.",
        from project in tree.Product.GroupBy(f => f.Project)
        from line in project.SelectMany(f => LogLines(f).Select(a => (File: f, Attribute: a, Id: IdOf(a))))
            .GroupBy(l => l.Id)
        from use in line.Key?.StartsWith("EventIds.", StringComparison.Ordinal) == true ? line.Skip(1) : line
        select use.File.At(use.Attribute, use.Id ?? "no id"));

    [Fact]
    public void EventId_IsUnique() => Rule.Holds(
        "No two events of the product have the same id.",
        from constant in EventIds().GroupBy(c => c.Value)
        where constant.Count() > 1
        from use in constant.Skip(1)
        select use.File.At(use.Field, $"{use.Name} = {use.Value}, as {constant.First().Name}"));

    [Fact]
    public void LogLine_TellsNoSecret() => Rule.Holds(
        "No log line takes a token, an argument or a result.",
        from file in tree.Product
        from attribute in LogLines(file)
        from parameter in attribute.FirstAncestorOrSelf<MethodDeclarationSyntax>()!.ParameterList.Parameters
        where Secrets.Contains(parameter.Identifier.Text, StringComparer.OrdinalIgnoreCase)
        select file.At(parameter, parameter.Identifier.Text));

    private IEnumerable<(SourceFile File, SyntaxNode Field, string Name, int Value)> EventIds() =>
        from file in tree.Product
        where file.Name == "EventIds.cs"
        from variable in file.Root.DescendantNodes().OfType<VariableDeclaratorSyntax>()
        let text = variable.Initializer?.Value.ToString().Replace("_", string.Empty, StringComparison.Ordinal)
        where int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        select (file, (SyntaxNode)variable, variable.Identifier.Text, int.Parse(text, CultureInfo.InvariantCulture));

    private static IEnumerable<AttributeSyntax> LogLines(SourceFile file) => file.Root.DescendantNodes()
        .OfType<AttributeSyntax>()
        .Where(a => a.Name.ToString() == "LoggerMessage");

    private static string? IdOf(AttributeSyntax attribute) => attribute.ArgumentList?.Arguments
        .FirstOrDefault(a => a.NameEquals is null || a.NameEquals.Name.Identifier.Text == "EventId")?
        .Expression.ToString();
}
