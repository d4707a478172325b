using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Smcp.Security.Encryption;
using Smcp.Storage;

namespace Smcp.Nodes;

/// <summary>
/// The ways in which a node's start fails by no fault of the program: each a sentence for who started it.
/// </summary>
internal static class NodeFailure
{
    /// <summary>How the configuration binder begins what it says of a word that is no value.</summary>
    private const string BadValue = "Failed to convert configuration value";

    /// <summary>One sentence, or null for a bug, which is to be seen with its stack.</summary>
    public static string? Describe(Exception exception, IConfiguration configuration) => exception switch
    {
        EncryptionStartException encryption => encryption.Message,
        StorageStartException storage => storage.Message,
        OptionsValidationException options => $"The configuration is not valid: {string.Join(" ", options.Failures)}",
        OrleansConfigurationException wrong => $"The configuration is not valid: {wrong.Message}",
        OrleansException cluster => $"The cluster cannot be joined: {FirstLine(cluster.Message)}",
        TimeoutException late => $"The cluster did not answer in time, start the node again: {FirstLine(late.Message)}",
        IOException { InnerException: AddressInUseException } =>
            $"{Urls(configuration)} is taken by another program; choose another with --urls.",
        AddressInUseException => "A port of the node is taken by another program; choose another with --silo-port or "
            + "--gateway-port.",
        IOException { InnerException: SocketException socket } =>
            $"{Urls(configuration)} cannot be listened on: {socket.Message}.",
        SocketException socket => $"The node cannot listen at its address, or reach another: {socket.Message}.",
        InvalidOperationException value when value.Message.StartsWith(BadValue, StringComparison.Ordinal) =>
            value.Message,
        FormatException format when format.Message.Contains("url", StringComparison.OrdinalIgnoreCase) =>
            format.Message,
        FileNotFoundException file => $"{file.FileName ?? file.Message} cannot be found.",
        AggregateException { InnerExceptions: [var only] } => Describe(only, configuration),
        _ => null,
    };

    private static string Urls(IConfiguration configuration) => string.Join(';', NodeAddresses.UrlsOf(configuration));

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();
}
