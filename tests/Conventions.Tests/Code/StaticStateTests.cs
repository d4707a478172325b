using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smcp.Conventions.Code;

/// <summary>Habit 9: nothing static remembers anything.</summary>
[Collection(ConventionCollection.Name)]
public sealed class StaticStateTests(SourceTree tree)
{
    private static readonly string[] Mutable =
    [
        "List", "Dictionary", "HashSet", "Queue", "Stack", "ConcurrentDictionary", "ConcurrentQueue", "ConcurrentBag",
        "ConditionalWeakTable", "StringBuilder", "SemaphoreSlim", "Lock", "HttpClient", "Random", "Channel",
        "MemoryCache", "CancellationTokenSource", "TaskCompletionSource",
    ];

    [Fact]
    public void Field_IsConstantOrReadonly_WhenStatic() => Rule.Holds(
        "A static field is const or readonly.",
        from file in tree.Sources
        from field in file.Root.DescendantNodes().OfType<FieldDeclarationSyntax>()
        where field.Modifiers.Any(m => m.Text == "static")
        where !field.Modifiers.Any(m => m.Text == "readonly")
        select file.At(field, field.Declaration.ToString()),
        new Allowed(
            "src/Grains.Abstractions/Engine/PoolThread.cs", "PoolThread? _current",
            "what a thread runs next is the thread's own, and a look at each hand-over must cost next to nothing"));

    [Fact]
    public void Field_HoldsNothingThatChanges_WhenStatic() => Rule.Holds(
        "A static field or property holds nothing that changes: state belongs to an object that somebody owns.",
        from file in tree.Sources
        from member in file.Root.DescendantNodes().OfType<MemberDeclarationSyntax>()
        where member.Modifiers.Any(m => m.Text == "static")
        from made in MadeBy(member)
        where Mutable.Contains(made)
        select file.At(member, $"a static {made}"));

    [Fact]
    public void Property_HasNoSetter_WhenStatic() => Rule.Holds(
        "A static property cannot be set.",
        from file in tree.Sources
        from property in file.Root.DescendantNodes().OfType<PropertyDeclarationSyntax>()
        where property.Modifiers.Any(m => m.Text == "static")
        where property.AccessorList?.Accessors.Any(a => a.Keyword.Text is "set" or "init") == true
        select file.At(property, property.Identifier.Text));

    private static IEnumerable<string> MadeBy(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax f => [NameOf(f.Declaration.Type)],
        PropertyDeclarationSyntax { AccessorList: not null, Initializer: not null } p => [NameOf(p.Type)],
        _ => [],
    };

    private static string NameOf(TypeSyntax type) => type switch
    {
        GenericNameSyntax g => g.Identifier.Text,
        IdentifierNameSyntax i => i.Identifier.Text,
        QualifiedNameSyntax q => NameOf(q.Right),
        NullableTypeSyntax n => NameOf(n.ElementType),
        _ => string.Empty,
    };
}
