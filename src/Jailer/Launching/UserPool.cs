namespace Smcp.Jailer.Launching;

/// <summary>Lends each jail a user of the host that no other jail has at the time.</summary>
internal sealed class UserPool(uint first, int count)
{
    private readonly HashSet<uint> _lent = [];
    private readonly Lock _lock = new();
    private int _next = Random.Shared.Next(count);

    /// <summary>A user; null when all are lent.</summary>
    public uint? Lend()
    {
        lock (_lock)
        {
            if (_lent.Count == count)
            {
                return null;
            }

            // The one that was given back longest ago, or nearly: what is left of a jail is not met soon.
            uint user;
            do
            {
                user = first + (uint)_next;
                _next = (_next + 1) % count;
            }
            while (!_lent.Add(user));

            return user;
        }
    }

    public void GiveBack(uint user)
    {
        lock (_lock)
        {
            _lent.Remove(user);
        }
    }
}
