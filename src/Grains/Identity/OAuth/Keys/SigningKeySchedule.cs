namespace Smcp.Identity.OAuth.Keys;

/// <summary>
/// The life of keys: pending, active, retired, destroyed. Pure: the time comes in, and so does the making of a key.
/// </summary>
internal static class SigningKeySchedule
{
    /// <summary>The keys as they are to be now; the same list when nothing is due.</summary>
    /// <param name="keys">As they are.</param>
    /// <param name="now">The time.</param>
    /// <param name="options">The periods.</param>
    /// <param name="create">Makes a pending key that signs from a time.</param>
    public static IReadOnlyList<SigningKey> Advance(
        IReadOnlyList<SigningKey> keys,
        DateTimeOffset now,
        SigningKeyOptions options,
        Func<DateTimeOffset, SigningKey> create)
    {
        var alive = keys.Where(key => key.Status != SigningKeyStatus.Retired || key.EndsAt > now).ToList();
        var isChanged = alive.Count != keys.Count;
        var next = NextOf(alive);
        if (ActiveOf(alive) is not { } active)
        {
            // The first start, or the active key was destroyed: nobody can wait until the next is known everywhere.
            next ??= create(now);
            return [.. alive.Where(key => key.Id != next.Id), Activate(next, now, options)];
        }

        if (next is not null && next.SignsFrom <= now)
        {
            alive = [.. alive.Where(key => key.Id != next.Id && key.Id != active.Id),
                Retire(active, now, options), Activate(next, now, options)];
            isChanged = true;
        }
        else if (next is null && RetireAt(active) - options.Lead <= now)
        {
            alive.Add(create(now + options.Lead));
            isChanged = true;
        }

        return isChanged ? alive : keys;
    }

    /// <summary>The keys with one more that signs as soon as everybody may have it.</summary>
    public static IReadOnlyList<SigningKey> Rotate(
        IReadOnlyList<SigningKey> keys,
        DateTimeOffset now,
        SigningKeyOptions options,
        Func<DateTimeOffset, SigningKey> create) =>
        NextOf(keys) is { } next
            ? [.. keys.Select(key => key.Id == next.Id && next.SignsFrom > now + options.Lead
                ? next with { SignsFrom = now + options.Lead }
                : key)]
            : [.. keys, create(now + options.Lead)];

    public static SigningKey? ActiveOf(IReadOnlyList<SigningKey> keys) =>
        keys.FirstOrDefault(key => key.Status == SigningKeyStatus.Active);

    private static SigningKey? NextOf(IReadOnlyList<SigningKey> keys) =>
        keys.FirstOrDefault(key => key.Status == SigningKeyStatus.Pending);

    /// <summary>An active key bears the time at which it is to stop.</summary>
    private static DateTimeOffset RetireAt(SigningKey active) => active.EndsAt;

    private static SigningKey Activate(SigningKey key, DateTimeOffset now, SigningKeyOptions options) =>
        key with { Status = SigningKeyStatus.Active, SignsFrom = now, EndsAt = now + options.RotationPeriod };

    private static SigningKey Retire(SigningKey key, DateTimeOffset now, SigningKeyOptions options) =>
        key with { Status = SigningKeyStatus.Retired, Private = default, EndsAt = now + options.RetiredFor };
}
