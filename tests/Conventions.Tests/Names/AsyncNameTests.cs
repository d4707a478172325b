using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smcp.Conventions.Names;

/// <summary>Habit 8: the name says that a method is asynchronous, and cancellation has one place.</summary>
[Collection(ConventionCollection.Name)]
public sealed class AsyncNameTests(SourceTree tree)
{
    private static readonly string[] Awaitable = ["Task", "ValueTask", "IAsyncEnumerable"];

    [Fact]
    public void Method_EndsInAsync_WhenItReturnsSomethingToAwait() => Rule.Holds(
        "A method that returns something to await ends in Async (or, as Task.WhenAll, begins with When).",
        from file in tree.Sources
        from method in OwnMethods(file)
        where IsAwaitable(method.ReturnType) && !method.Identifier.Text.EndsWith("Async", StringComparison.Ordinal)
        where !method.Identifier.Text.StartsWith("When", StringComparison.Ordinal)
        select file.At(method, method.Identifier.Text));

    [Fact]
    public void Method_DoesNotEndInAsync_WhenItReturnsAtOnce() => Rule.Holds(
        "A method that returns its result does not end in Async.",
        from file in tree.Sources
        from method in OwnMethods(file)
        where !IsAwaitable(method.ReturnType) && method.Identifier.Text.EndsWith("Async", StringComparison.Ordinal)
        select file.At(method, method.Identifier.Text));

    [Fact]
    public void Method_IsNotAsyncVoid() => Rule.Holds(
        "Nobody can await an async void method, or catch what it throws.",
        from file in tree.Sources
        from method in file.Root.DescendantNodes().OfType<MethodDeclarationSyntax>()
        where method.ReturnType.ToString() == "void" && method.Modifiers.Any(m => m.Text == "async")
        select file.At(method, method.Identifier.Text));

    [Fact]
    public void Cancellation_ComesLastAndHasOneName() => Rule.Holds(
        "CancellationToken cancellationToken is the last parameter but for optional ones (CA1068).",
        from file in tree.Sources
        from method in OwnMethods(file)
        let parameters = method.ParameterList.Parameters
        from parameter in parameters
        where parameter.Type?.ToString() == "CancellationToken"
        where !file.IsTest && parameter.Identifier.Text != "cancellationToken"
            || parameters.SkipWhile(p => p != parameter).Skip(1).Any(p => p.Default is null)
        select file.At(parameter, $"{method.Identifier.Text}({parameter.Identifier.Text})"));

    /// <summary>Methods whose name is ours to choose: no overrides, no entry points, no test methods.</summary>
    private static IEnumerable<MethodDeclarationSyntax> OwnMethods(SourceFile file) => file.Root.DescendantNodes()
        .OfType<MethodDeclarationSyntax>()
        .Where(m => m.ExplicitInterfaceSpecifier is null
            && m.Identifier.Text != "Main"
            && !m.Modifiers.Any(t => t.Text == "override")
            && !m.AttributeLists.SelectMany(l => l.Attributes).Any(a => a.Name.ToString().Contains("Fact")
                || a.Name.ToString().Contains("Theory")));

    private static bool IsAwaitable(TypeSyntax type) => type switch
    {
        GenericNameSyntax g => Awaitable.Contains(g.Identifier.Text),
        IdentifierNameSyntax i => Awaitable.Contains(i.Identifier.Text),
        QualifiedNameSyntax q => IsAwaitable(q.Right),
        _ => false,
    };
}
