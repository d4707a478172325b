using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smcp.Conventions.Silo;

/// <summary>Every message crosses Orleans, whole.</summary>
[Collection(ConventionCollection.Name)]
public sealed class MessageTests(SourceTree tree)
{
    /// <summary>What Orleans carries by itself.</summary>
    private static readonly string[] Known =
    [
        "Task", "ValueTask", "IAsyncEnumerable", "IReadOnlyList", "CancellationToken", "TimeSpan", "Guid",
        "DateTimeOffset", "ReadOnlyMemory",
    ];

    private readonly ShellSources _silo = new(tree);

    [Fact]
    public void Message_HasASurrogateOrAJsonEntry() => Rule.Holds(
        "Each [Wire] message has in Silo a surrogate, or an entry in WireMessages (enums cross as they are).",
        from message in Messages
        where SurrogateOf(message) is null && !HasJsonEntry(message.Identifier.Text)
        select _silo.At(message, $"{message.Identifier.Text} has neither"));

    [Fact]
    public void Surrogate_HoldsEveryPropertyOfItsMessage() => Rule.Holds(
        "A surrogate has a field with [Id] for each property of its message, and carries each both ways.",
        from message in Messages
        let surrogate = SurrogateOf(message)
        where surrogate is not null
        from property in PropertiesOf(message)
        let fields = surrogate.Members.OfType<FieldDeclarationSyntax>()
            .Where(field => ShellSources.ArgumentOf(field, "Id") is not null)
            .SelectMany(field => field.Declaration.Variables, (_, variable) => variable.Identifier.Text)
        where !fields.Contains(property)
            || !Reads(surrogate, "surrogate", property)
            || !Reads(surrogate, "value", property)
        select _silo.At(message, $"{surrogate.Identifier.Text} does not carry {property}"));

    [Fact]
    public void Surrogate_IsRegistered() => Rule.Holds(
        "A surrogate has [GenerateSerializer], a [RegisterConverter] and an identity copier: messages are immutable.",
        from message in Messages
        let surrogate = SurrogateOf(message)
        where surrogate is not null
        where ShellSources.ArgumentOf(surrogate, "GenerateSerializer") is null
            || !IsRegistered(surrogate, "RegisterConverter", $"IConverter<{message.Identifier.Text}, ")
            || !IsRegistered(surrogate, "RegisterCopier", $"ShallowCopier<{message.Identifier.Text}>")
        select _silo.At(message, $"{surrogate.Identifier.Text} is not registered"));

    [Fact]
    public void Signature_NamesOnlyWhatCrosses() => Rule.Holds(
        "A grain method takes and returns messages, primitives, and types with a converter or a JSON entry.",
        from grain in _silo.Grains
        from method in grain.Members.OfType<MethodDeclarationSyntax>()
        from name in method.ParameterList.Parameters.Select(parameter => parameter.Type!).Append(method.ReturnType)
            .SelectMany(type => type.DescendantNodesAndSelf().OfType<SimpleNameSyntax>())
        where !name.Ancestors().OfType<QualifiedNameSyntax>().Any(whole => whole.Left.Span.Contains(name.Span))
        let type = name.Identifier.Text
        where !Known.Contains(type) && !MessageNames.Contains(type)
            && !HasJsonEntry(type)
            && !_silo.Text.Contains($" IConverter<{type}, ", StringComparison.Ordinal)
        select _silo.At(method, $"{method.Identifier.Text}: {type} does not cross"));

    private IEnumerable<TypeDeclarationSyntax> Messages =>
        from file in tree.Sources
        where file.Project == "src/Grains.Abstractions"
        from type in file.TopLevelTypes.OfType<TypeDeclarationSyntax>()
        where ShellSources.ArgumentOf(type, "Wire") is not null
        select type;

    private HashSet<string> MessageNames =>
    [
        .. from file in tree.Sources
           where file.Project == "src/Grains.Abstractions"
           from type in file.TopLevelTypes.OfType<BaseTypeDeclarationSyntax>()
           where ShellSources.ArgumentOf(type, "Wire") is not null
           select type.Identifier.Text,
    ];

    private StructDeclarationSyntax? SurrogateOf(TypeDeclarationSyntax message) =>
        tree.Sources.Where(file => file.Project == "src/Silo")
            .SelectMany(file => file.TopLevelTypes.OfType<StructDeclarationSyntax>())
            .SingleOrDefault(type => type.Identifier.Text == $"{message.Identifier.Text}Surrogate");

    private bool HasJsonEntry(string type) =>
        _silo.Text.Contains($"typeof({type})", StringComparison.Ordinal);

    /// <summary>The properties that make up a record: its parameters, and what can be initialized.</summary>
    private static IEnumerable<string> PropertiesOf(TypeDeclarationSyntax message) =>
        (message.ParameterList?.Parameters.Select(parameter => parameter.Identifier.Text) ?? [])
        .Concat(message.Members.OfType<PropertyDeclarationSyntax>()
            .Where(property => property.AccessorList?.Accessors.Any(
                accessor => accessor.IsKind(SyntaxKind.InitAccessorDeclaration)) == true)
            .Select(property => property.Identifier.Text));

    private static bool Reads(StructDeclarationSyntax surrogate, string from, string property) =>
        surrogate.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Any(access => access.Expression.ToString() == from && access.Name.Identifier.Text == property);

    private static bool IsRegistered(StructDeclarationSyntax surrogate, string attribute, string implemented) =>
        surrogate.Members.OfType<ClassDeclarationSyntax>().Any(type =>
            ShellSources.ArgumentOf(type, attribute) is not null
            && ShellSources.BasesOf(type).Any(name => name.StartsWith(implemented, StringComparison.Ordinal)));
}
