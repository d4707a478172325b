using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smcp.Conventions.Names;

/// <summary>
/// Whose a row is, is read from its key (<c>KeyOwnership</c>). So whoever adds a grain type, a type of rows or a kind
/// of log has to say here whose it is, and it must be what encryption takes it for: what the platform needs when a
/// tenant's keys are gone is the platform's, all else its tenant's.
/// </summary>
[Collection(ConventionCollection.Name)]
public sealed partial class RowOwnerTests(SourceTree tree)
{
    private const string Ownership = "Smcp.Security.Encryption.Keys.KeyOwnership";

    /// <summary>Keyed <c>tenant</c> or <c>tenant/…</c>: unreadable once the tenant's keys are destroyed.</summary>
    private static readonly string[] TenantTypes =
    [
        "api-key", "api-keys", "browser-session", "connection", "connections", "cpu", "egress", "federation",
        "federation-attempt", "instance",
        "key-values", "login", "oauth-clients", "oauth-grant", "objects", "quota", "replays", "secret", "secrets",
        "server", "server-data", "server-import", "server-list", "server-log", "server-state", "session",
        "storage-usage", "task", "task-list", "tenant", "usage", "user", "user-directory", "user-grants",
    ];

    /// <summary>Keyed by the tenant <c>platform</c>, and by no other.</summary>
    private static readonly string[] PlatformKeyedTypes = ["encryption", "oauth-authorization"];

    /// <summary>The platform's whatever their key, and why a tenant's end must not end them.</summary>
    private static readonly (string Type, string Reason)[] PlatformTypes =
    [
        ("keys", "administers all keys"),
        ("key-ring", "keys of the installation"),
        ("directory", "lists the tenants there are"),
        ("audit", "a tenant's deletion stands in its log"),
        ("signing-keys", "of the one issuer"),
        ("oauth-client", "keyed by a digest: clients are known before their tenant is"),
        ("oauth-registrar", "counts registrations of all"),
    ];

    /// <summary>Read and written beneath the encryption, which it is for.</summary>
    private static readonly string[] BeneathEncryption = ["data-key"];

    private static readonly string[] TenantLogs =
        ["consumed-states", "key-values", "object", "objects", "replays", "session", "storage-usage", "tenant"];

    private static readonly string[] PlatformLogs = ["audit", "directory", "key-deletions"];

    [Fact]
    public void GrainType_HasAnOwner() => Rule.Holds(
        "Each grain type, and each type of rows that is written by hand, has one row in the tables of this test.",
        from used in TypesUsed()
        where AllTypes().Count(type => type == used.Type) != 1
        select used.File.At(used.Node, $"whose is \"{used.Type}\"?"));

    [Fact]
    public void Row_IsOfAGrainTypeThatThereIs() => Assert.Empty(
        AllTypes().Except(TypesUsed().Select(used => used.Type)));

    [Fact]
    public void PlatformTypes_AreThoseOfTheEncryption() => Assert.Equal(
        PlatformTypes.Select(row => row.Type).Order(StringComparer.Ordinal), DeclaredAs("PlatformTypes"));

    [Fact]
    public void PlatformLogs_AreThoseOfTheEncryption() =>
        Assert.Equal(PlatformLogs.Order(StringComparer.Ordinal), DeclaredAs("PlatformLogs"));

    [Fact]
    public void PlatformsGrain_IsKeyedByThePlatform() => Rule.Holds(
        "A grain that there is one of has the key \"platform\", which no tenant can have: else the row of one that is "
        + "not declared the platform's would be a tenant's.",
        from file in tree.Product
        where file.Project == "src/Grains.Abstractions"
        from type in file.TopLevelTypes.OfType<InterfaceDeclarationSyntax>()
        where GrainTypeOf(type) is not null
        from field in type.Members.OfType<FieldDeclarationSyntax>()
        from variable in field.Declaration.Variables
        where variable.Identifier.Text == "Key" && variable.Initializer?.Value.ToString() != "\"platform\""
        select file.At(variable, $"{type.Identifier.Text}.Key = {variable.Initializer?.Value}"));

    [Fact]
    public void Log_HasAnOwner() => Rule.Holds(
        "The name of a log begins with its kind, which has a row in the tables of this test.",
        from file in tree.Product
        where file.Project == "src/Grains" && file.Folder != "Security/Encryption/Keys"
        where file.Text.Contains("Logs", StringComparison.Ordinal)
            || file.Text.Contains("ILogStorage", StringComparison.Ordinal)
        from text in file.Root.DescendantNodes().OfType<InterpolatedStringExpressionSyntax>()
        let kind = KindOfLog().Match(text.ToString())
        where kind.Success && !TenantLogs.Contains(kind.Groups[1].Value) && !PlatformLogs.Contains(kind.Groups[1].Value)
        select file.At(text, $"whose log is {text}?"));

    private static IEnumerable<string> AllTypes() =>
        TenantTypes.Concat(PlatformKeyedTypes).Concat(PlatformTypes.Select(row => row.Type)).Concat(BeneathEncryption);

    /// <summary>Grain types; and the first word of every state address that is made outside the engines.</summary>
    private IEnumerable<(SourceFile File, SyntaxNode Node, string Type)> TypesUsed() =>
        (from file in tree.Product
         where file.Project == "src/Grains.Abstractions"
         from type in file.TopLevelTypes.OfType<InterfaceDeclarationSyntax>()
         let name = GrainTypeOf(type)
         where name is not null
         select (file, (SyntaxNode)type, name))
        .Concat(
            from file in tree.Product
            where file.Project == "src/Grains" && file.Text.Contains("StateAddress", StringComparison.Ordinal)
            from literal in file.Root.DescendantNodes().OfType<LiteralExpressionSyntax>()
            where IsRowType(literal)
            select (file, (SyntaxNode)literal, literal.Token.ValueText));

    /// <summary>A constant named as a type, or the first argument where an address is made.</summary>
    private static bool IsRowType(LiteralExpressionSyntax literal) => literal.Token.Value is string && (
        literal.Parent?.Parent is VariableDeclaratorSyntax { Identifier.Text: "GrainType" or "RingType" }
        || literal.Parent is ArgumentSyntax { Parent: ArgumentListSyntax list } argument
            && list.Arguments.IndexOf(argument) == 0 && list.Arguments.Count == 3
            && list.Parent is BaseObjectCreationExpressionSyntax made && IsAddress(made));

    private static bool IsAddress(BaseObjectCreationExpressionSyntax made) =>
        made is ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.Text: "StateAddress" } }
        || made.FirstAncestorOrSelf<FieldDeclarationSyntax>()?.Declaration.Type.ToString() == "StateAddress";

    private static string? GrainTypeOf(InterfaceDeclarationSyntax type) => type.AttributeLists
        .SelectMany(list => list.Attributes)
        .Where(attribute => attribute.Name.ToString() == "Grain")
        .Select(attribute => attribute.ArgumentList!.Arguments[0].Expression)
        .OfType<LiteralExpressionSyntax>()
        .SingleOrDefault()?.Token.ValueText;

    /// <summary>What the encryption itself goes by.</summary>
    private static IEnumerable<string> DeclaredAs(string property)
    {
        var type = Assembly.Load("Smcp.Grains").GetType(Ownership, throwOnError: true)!;
        var declared = (IEnumerable<string>)type.GetProperty(property)!.GetValue(null)!;
        return declared.Order(StringComparer.Ordinal);
    }

    [GeneratedRegex("^\\$\"([a-z-]+)/")]
    private static partial Regex KindOfLog();
}
