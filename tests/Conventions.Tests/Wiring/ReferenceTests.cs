using System.Xml.Linq;

namespace Smcp.Conventions.Wiring;

/// <summary>
/// A project is a boundary of trust or deployment: what may reference what is drawn once, here and in DESIGN.
/// </summary>
[Collection(ConventionCollection.Name)]
public sealed class ReferenceTests(SourceTree tree)
{
    /// <summary>The drawing: each project of src and the projects that it references, exactly.</summary>
    private static readonly (string Project, string[] References)[] Drawing =
    [
        ("Protocol", []),
        ("Grains.Abstractions", ["Protocol"]),
        ("Hosting", []),
        ("Gateway", ["Grains.Abstractions"]),
        ("Grains", ["Grains.Abstractions", "Hosting", "Jailer"]),
        ("Jailer", []),
        ("Embedded", ["Grains.Abstractions"]),
        ("Postgres", ["Grains.Abstractions"]),
        ("AzureBlobs", ["Grains.Abstractions"]),
        ("Standalone", ["AzureBlobs", "Embedded", "Gateway", "Grains", "Postgres"]),
        ("Silo", ["AzureBlobs", "Gateway", "Grains", "Postgres"]),
    ];

    private static readonly string[] WorkerHttp =
    [
        "Bindings/BindingApplication", "Bindings/BindingListener", "Bindings/BindingRequest", "Bindings/BindingServer",
        "Bindings/KeyValueBinding", "Bindings/ListCursor", "Bindings/ObjectBinding", "Bindings/ObjectErrors",
        "Durable/DurableBinding", "Durable/DurableXml", "Fetching/FetchBinding", "Fetching/FetchErrors",
        "Fetching/FetchHeaders",
    ];

    /// <summary>Namespaces that a project must not know, though a package or the framework would let it.</summary>
    private static readonly (string Project, string Forbidden, string Reason)[] Unknown =
    [
        ("Protocol", "Microsoft.AspNetCore", "Protocol is pure"),
        ("Protocol", "Microsoft.Extensions", "Protocol is pure"),
        ("Grains.Abstractions", "Microsoft.AspNetCore", "what crosses a cluster knows nothing of HTTP"),
        ("Grains", "Microsoft.AspNetCore", "grains know nothing of HTTP"),
        ("Embedded", "Microsoft.AspNetCore", "the engine knows nothing of HTTP"),
        ("Jailer", "Microsoft.AspNetCore", "what runs as root serves nobody but its user"),
        ("Jailer", "Microsoft.Extensions", "what runs as root is small"),
        ("Protocol", "Orleans", "only Silo knows Orleans"),
        ("Grains.Abstractions", "Orleans", "only Silo knows Orleans"),
        ("Grains", "Orleans", "only Silo knows Orleans"),
        ("Gateway", "Orleans", "only Silo knows Orleans"),
        ("Embedded", "Orleans", "only Silo knows Orleans"),
        ("Postgres", "Orleans", "only Silo knows Orleans"),
        ("Postgres", "Microsoft.AspNetCore", "the store knows nothing of HTTP"),
        ("AzureBlobs", "Orleans", "only Silo knows Orleans"),
        ("AzureBlobs", "Microsoft.AspNetCore", "the store serves nothing"),
        ("Gateway", "ModelContextProtocol", "raw UTF-8 goes through the gateway"),
        ("Gateway", "Microsoft.Data.Sqlite", "the gateway stores nothing"),
        ("Grains", "Microsoft.Data.Sqlite", "grains store through the ports"),
    ];

    [Fact]
    public void References_AreAsDrawn() => Rule.Holds(
        "A project of src references exactly what DESIGN draws.",
        from path in tree.Projects
        where path.StartsWith("src/", StringComparison.Ordinal)
        let name = Path.GetFileNameWithoutExtension(path)
        let drawn = Drawing.Where(d => d.Project == name).Select(d => d.References).SingleOrDefault()
        from violation in Compare(path, drawn, ReferencesOf(path))
        select violation);

    [Fact]
    public void Namespace_IsNotUsed_WhenTheProjectMustNotKnowIt() => Rule.Holds(
        "A project keeps to what it may know.",
        from rule in Unknown
        from file in tree.Product
        where file.Project == $"src/{rule.Project}"
        from directive in file.Root.Usings
        let used = directive.Name?.ToString() ?? string.Empty
        where used == rule.Forbidden || used.StartsWith(rule.Forbidden + ".", StringComparison.Ordinal)
        select file.At(directive, $"using {used}: {rule.Reason}"),
        [.. WorkerHttp.Select(name => new Allowed(
            $"src/Grains/Runtimes/Worker/{name}.cs", "Microsoft.AspNetCore",
            "workerd asks for bindings and the network by HTTP, over a socket inside the runtime: Kestrel reads it"))]);

    [Fact]
    public void Project_IsInTheSolution()
    {
        var solution = tree.Read("Smcp.sln").Replace('\\', '/');
        Rule.Holds(
            "Every project is in Smcp.sln, so that plain dotnet build and dotnet test reach it.",
            from path in tree.Projects
            where !path.StartsWith("templates/", StringComparison.Ordinal)
                && !path.Contains("/content/", StringComparison.Ordinal)
            where !solution.Contains($"\"{path}\"", StringComparison.Ordinal)
            select new Violation(path, 1, "is not in Smcp.sln"));
    }

    [Fact]
    public void Version_IsPinnedCentrally() => Rule.Holds(
        "Package versions stand in Directory.Packages.props only.",
        from path in tree.Projects
        where !path.Contains("/content/", StringComparison.Ordinal)
        from reference in XDocument.Parse(tree.Read(path)).Descendants("PackageReference")
        where reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null
        select new Violation(path, 1, $"{reference.Attribute("Include")?.Value} has a version of its own"));

    private IEnumerable<string> ReferencesOf(string path) =>
        XDocument.Parse(tree.Read(path)).Descendants("ProjectReference")
            .Where(r => r.Attribute("ReferenceOutputAssembly")?.Value != "false")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

    private static IEnumerable<Violation> Compare(string path, string[]? drawn, IEnumerable<string> actual)
    {
        if (drawn is null)
        {
            return [new Violation(path, 1, "is not in the drawing")];
        }

        var found = actual.ToList();
        return found.Except(drawn).Select(r => new Violation(path, 1, $"references {r}"))
            .Concat(drawn.Except(found).Select(r => new Violation(path, 1, $"does not reference {r}")));
    }
}
