using System.Text;
using Smcp.Mcp;

namespace Smcp.Security.Secrets;

/// <summary>What a secret that is to be written must be like. No fault repeats a value.</summary>
internal static class SecretRules
{
    private const int ServersMax = 200;

    /// <summary>Null, or why it cannot be written.</summary>
    public static McpFault? Check(SecretWrite write, SecretOptions options)
    {
        if (!SecretName.IsValid(write.Name))
        {
            return Invalid("A secret's name is of A-Z, 0-9 and _, 1 to 64 characters.");
        }

        if (write.Value is { } value
            && (value.Length == 0 || Encoding.UTF8.GetByteCount(value) > options.ValueBytesMax))
        {
            return Invalid($"A secret's value has 1 to {options.ValueBytesMax} bytes.");
        }

        return write.Servers?.Count > ServersMax
            ? Invalid($"A secret is granted to at most {ServersMax} servers.")
            : null;
    }

    private static McpFault Invalid(string message) => new(FaultReason.InvalidParams, message);
}
