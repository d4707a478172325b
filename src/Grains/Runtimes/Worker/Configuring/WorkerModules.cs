using System.Text.Json;

namespace Smcp.Runtimes.Worker.Configuring;

/// <summary>
/// The modules of a worker: the image's files, by what their names end in, behind a main module of ours. That one makes
/// a worker of what the image's main module exports, or hands on the worker that it is.
/// </summary>
internal static class WorkerModules
{
    public const string EntryName = "smcp.entry.mjs";
    private const string LibraryName = "smcp:server";
    private const string LibraryResource = "Smcp.Runtimes.Worker.server.js";

    private static readonly ReadOnlyMemory<byte> LibrarySource = ReadLibrary();

    /// <summary>
    /// What <c>cloudflare:email</c> imports, which workerd itself has not: packages that could send a letter, and do
    /// not, load with it.
    /// </summary>
    private const string EmailName = "cloudflare-internal:email";

    private static readonly byte[] EmailSource =
        """
        class EmailMessage { constructor() { throw new Error("E-mail is not offered to workers here."); } }
        export default { EmailMessage };
        """u8.ToArray();

    /// <summary>What every worker can import.</summary>
    public static IReadOnlyList<WorkerModule> Library { get; } =
    [
        new(LibraryName, WorkerModuleKind.EsModule, LibrarySource),
        new(EmailName, WorkerModuleKind.EsModule, EmailSource, IsInternal: true),
    ];

    /// <summary>Our main module, then those of the image.</summary>
    /// <exception cref="WorkerUnavailableException">The image is none of a worker.</exception>
    public static IReadOnlyList<WorkerModule> Of(string folder, string main, WorkerRuntimeOptions options)
    {
        // A link could name any file of the machine.
        var search = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        var files = Directory.EnumerateFiles(folder, "*", search)
            .Select(path => (Path: path, Name: Path.GetRelativePath(folder, path)))
            .Where(file => KindOf(file.Name) is not null)
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .ToList();
        if (files.Count > options.ModulesMax)
        {
            throw new WorkerUnavailableException($"The image has more than {options.ModulesMax} modules.");
        }

        var modules = new List<WorkerModule>();
        long bytes = 0;
        foreach (var (path, name) in files)
        {
            bytes += new FileInfo(path).Length;
            if (bytes > options.ModuleBytesMax)
            {
                throw new WorkerUnavailableException($"The modules have more than {options.ModuleBytesMax} bytes.");
            }

            modules.Add(new WorkerModule(name, KindOf(name)!.Value, File.ReadAllBytes(path)));
        }

        if (modules.All(module => module.Name != main))
        {
            throw new WorkerUnavailableException("The image does not have the main module.");
        }

        return modules.Any(module => module.Name == EntryName)
            ? throw new WorkerUnavailableException($"No module may be called {EntryName}.")
            : [new WorkerModule(EntryName, WorkerModuleKind.EsModule, Entry(main)), .. modules];
    }

    /// <summary>A JSON string is a JavaScript string (ECMA-262 since 2019), whatever the name is.</summary>
    private static byte[] Entry(string main)
    {
        var name = JsonSerializer.Serialize("./" + main);
        return System.Text.Encoding.UTF8.GetBytes(
            $"""
            import * as module from {name};
            import {"{ worker }"} from "{LibraryName}";
            export * from {name};
            export default worker(module);

            """);
    }

    /// <summary>Null for a file that is no module: it stays where it is, unread.</summary>
    private static WorkerModuleKind? KindOf(string name) => Path.GetExtension(name) switch
    {
        ".js" or ".mjs" => WorkerModuleKind.EsModule,
        ".cjs" => WorkerModuleKind.CommonJs,
        ".wasm" => WorkerModuleKind.Wasm,
        ".txt" or ".html" or ".sql" or ".md" => WorkerModuleKind.Text,
        ".json" => WorkerModuleKind.Json,
        ".bin" => WorkerModuleKind.Data,
        _ => null,
    };

    private static byte[] ReadLibrary()
    {
        using var stream = typeof(WorkerModules).Assembly.GetManifestResourceStream(LibraryResource)
            ?? throw new InvalidOperationException("The library for workers is not in the assembly.");
        var source = new byte[stream.Length];
        stream.ReadExactly(source);
        return source;
    }
}
