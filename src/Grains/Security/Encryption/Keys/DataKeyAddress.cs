using System.Text;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Keys;

/// <summary>
/// Where encryption keeps what it needs itself, in the store beneath: rings of wrapped keys, and indexes. No caller
/// reads or writes there.
/// </summary>
internal static class DataKeyAddress
{
    /// <summary>The grain type of rings.</summary>
    public const string RingType = "data-key";

    /// <summary>What the names of its logs begin with.</summary>
    public const string LogPrefix = "encryption/";

    private const string RingName = "ring";

    /// <summary>Written after each change that other nodes must learn of: its version tells.</summary>
    public static StateAddress Changes { get; } = new(RingType, "changes", "changes");

    public static StateAddress Ring(KeyOwner owner) => new(RingType, owner.ToString(), RingName);

    /// <summary>Whose ring stands at an address; null for none.</summary>
    public static KeyOwner? OwnerAt(StateAddress address)
    {
        const string tenants = "tenant/";
        return address.Name != RingName || address.GrainType != RingType ? null
            : address.GrainKey.StartsWith(tenants, StringComparison.Ordinal)
                ? new KeyOwner(address.GrainKey[tenants.Length..])
                : KeyOwner.Platform;
    }

    public static string Index(KeyOwner owner) => $"{LogPrefix}index/{owner}";

    /// <summary>What the wrapping of a data key is bound to: nobody can give a key to another owner.</summary>
    public static byte[] Context(KeyOwner owner, int id) => Encoding.UTF8.GetBytes($"smcp data key 1|{owner}|{id}");
}
