using System.Reflection;
using Smcp.Hosting.Classes;

namespace Smcp.Hosting.Running;

/// <summary>The command line of a server that runs by itself.</summary>
internal sealed record RunArguments(string? Server, string? DataFolder)
{
    public static RunArguments Parse(IReadOnlyList<string> args)
    {
        var read = new RunArguments(null, null);
        for (var i = 0; i < args.Count; i += 2)
        {
            if (i + 1 == args.Count)
            {
                throw new RunArgumentException($"{args[i]} has no value. Known are --server NAME and --data DIR.");
            }

            read = args[i] switch
            {
                "--server" => read with { Server = args[i + 1] },
                "--data" => read with { DataFolder = args[i + 1] },
                _ => throw new RunArgumentException($"{args[i]} is not known. Known are --server NAME and --data DIR."),
            };
        }

        return read;
    }

    /// <summary>The class to run, and the folder of its state.</summary>
    public (Type Type, string DataFolder) Choose(Assembly assembly)
    {
        var types = ServerClass.Find(assembly).ToDictionary(NameOf, StringComparer.Ordinal);
        var name = Server ?? (types.Count == 1 ? types.Keys.Single() : null);
        if (name is null || !types.TryGetValue(name, out var type))
        {
            var known = types.Count == 0 ? "none" : string.Join(", ", types.Keys);
            throw new RunArgumentException($"Which server? {assembly.GetName().Name} has: {known}. Say --server NAME.");
        }

        return (type, DataFolder ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "smcp", name));
    }

    private static string NameOf(Type type) => type.GetCustomAttribute<McpServerAttribute>()!.Name;
}
