using Smcp.Security.Encryption.Rows;

namespace Smcp.Security.Encryption.Keys;

/// <summary>
/// What a node holds of an owner: its data keys, newest first, as of a ring, and the index of its rows.
/// </summary>
internal sealed record OwnerKeys(
    KeyOwner Owner, DataKeyRing Ring, IReadOnlyList<DataKey> Keys, RowIndex Index, OwnerKeySource Source, long Epoch)
{
    /// <summary>The key that writes.</summary>
    public DataKey Current => Keys[0];

    public DataKey? Find(int id)
    {
        foreach (var key in Keys)
        {
            if (key.Id == id)
            {
                return key;
            }
        }

        return null;
    }
}
