using Microsoft.Extensions.Options;
using Smcp.Security.Encryption;
using Smcp.Security.Encryption.Backup;
using Smcp.Storage;

namespace Smcp.Backup;

/// <summary>Runs what a <see cref="MaintenanceLine"/> asks for, and says how it ended.</summary>
internal static class Maintenance
{
    public static async Task<int> RunAsync(MaintenanceLine line)
    {
        if (line.Settings.WantsHelp || line.Problem is not null)
        {
            return Announcement.OfCommandLine(line.Settings with { Problem = line.Problem });
        }

        using var interrupt = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            interrupt.Cancel();
        };
        try
        {
            return line.Verb switch
            {
                "backup" => await new BackupCommand(line).RunAsync(interrupt.Token),
                "restore" => await new RestoreCommand(line).RunAsync(interrupt.Token),
                "move" => await new MoveCommand(line).RunAsync(interrupt.Token),
                _ => await new DrillCommand(line).RunAsync(interrupt.Token),
            };
        }
        catch (Exception exception) when (Describe(exception) is { } sentence)
        {
            return Announcement.OfFailure(sentence);
        }
    }

    /// <summary>The first line of the passphrase's file; null where none is named.</summary>
    public static async ValueTask<string?> PassphraseAsync(MaintenanceLine line, CancellationToken cancellationToken)
    {
        if (line.PassphraseFile is not { } file)
        {
            return null;
        }

        var lines = await File.ReadAllLinesAsync(file, cancellationToken);
        return lines is [{ Length: > 0 } first, ..]
            ? first
            : throw new BackupException($"{file} holds no passphrase in its first line.");
    }

    /// <summary>One sentence, or null for a bug, which is to be seen with its stack.</summary>
    private static string? Describe(Exception exception) => exception switch
    {
        BackupException or StorageStartException or EncryptionStartException or StorageUnavailableException =>
            exception.Message,
        OptionsValidationException options => $"The configuration is not valid: {string.Join(" ", options.Failures)}",
        IOException or UnauthorizedAccessException => exception.Message,
        OperationCanceledException => "It was interrupted. Nothing is left of it.",
        _ => null,
    };
}
