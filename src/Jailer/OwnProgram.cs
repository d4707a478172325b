using System.Collections;

namespace Smcp.Jailer;

/// <summary>How this program is started once more.</summary>
internal static class OwnProgram
{
    private const string Muxer = "dotnet";

    /// <summary>Its path and, where that is the muxer, the assembly it is to run.</summary>
    public static IReadOnlyList<string> Command
    {
        get
        {
            var program = System.Environment.ProcessPath!;
            return Path.GetFileNameWithoutExtension(program) == Muxer
                ? [program, "exec", Path.Combine(AppContext.BaseDirectory, "Smcp.Jailer.dll")]
                : [program];
        }
    }

    /// <summary>This process's, as entries <c>NAME=value</c>.</summary>
    public static IReadOnlyList<string> Environment =>
    [
        .. System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => $"{entry.Key}={entry.Value}"),
    ];
}
