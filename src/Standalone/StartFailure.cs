using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Smcp.Security.Encryption;
using Smcp.Storage;

namespace Smcp;

/// <summary>The ways in which a start fails by no fault of the program: each a sentence for who started it.</summary>
internal static class StartFailure
{
    /// <summary>How the configuration binder begins what it says of a word that is no value.</summary>
    private const string BadValue = "Failed to convert configuration value";

    /// <summary>One sentence, or null for a bug, which is to be seen with its stack.</summary>
    public static string? Describe(Exception exception, IConfiguration configuration) => exception switch
    {
        StorageStartException storage => storage.Message,
        EncryptionStartException encryption => encryption.Message,
        OptionsValidationException options => $"The configuration is not valid: {string.Join(" ", options.Failures)}",
        IOException { InnerException: AddressInUseException } =>
            $"{configuration["urls"]} is taken by another program; stop it, or choose another with --urls.",
        IOException { InnerException: SocketException socket } => Bind(socket, configuration),
        SocketException socket => Bind(socket, configuration),
        InvalidOperationException value when value.Message.StartsWith(BadValue, StringComparison.Ordinal) =>
            value.Message,
        FormatException format when format.Message.Contains("url", StringComparison.OrdinalIgnoreCase) =>
            format.Message,
        FileNotFoundException file => $"{file.FileName ?? file.Message} cannot be found.",
        DirectoryNotFoundException folder => folder.Message,
        AggregateException { InnerExceptions: [var only] } => Describe(only, configuration),
        _ => null,
    };

    private static string Bind(SocketException socket, IConfiguration configuration) =>
        $"{configuration["urls"]} cannot be listened on: {socket.Message}.";
}
