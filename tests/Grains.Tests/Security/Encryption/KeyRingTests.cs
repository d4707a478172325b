namespace Smcp.Security.Encryption;

public sealed class KeyRingTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Rotation = TimeSpan.FromDays(30);

    [Fact]
    public void Ring_IsStale_WithoutAKeyAndOnceItsNewestIsOld()
    {
        var ring = new KeyRing();
        Assert.True(ring.IsStale(Now, Rotation));

        ring = ring.Rotate(Now, 4);
        Assert.False(ring.IsStale(Now + Rotation - TimeSpan.FromTicks(1), Rotation));
        Assert.True(ring.IsStale(Now + Rotation, Rotation));
    }

    [Fact]
    public void Ring_HasSoManyKeys_TheNewestFirst()
    {
        var ring = new KeyRing();
        var made = new List<SealingKey>();
        for (var i = 0; i < 5; i++)
        {
            ring = ring.Rotate(Now + TimeSpan.FromDays(i), 3);
            made.Insert(0, ring.Keys[0]);
        }

        Assert.Equal(made[..3], ring.Keys);
        Assert.Equal(Now + TimeSpan.FromDays(4), ring.Keys[0].CreatedAt);
        Assert.All(made, key => Assert.Equal(KeyRing.KeyBytes, key.Key.Length));
        Assert.Equal(5, made.Select(key => Convert.ToHexString(key.Key.Span)).Distinct().Count());
        Assert.Equal(5, made.Select(key => key.Id).Distinct().Count());
    }

    [Fact]
    public void Key_IsFound_ByItsNumber()
    {
        var ring = new KeyRing().Rotate(Now, 3).Rotate(Now, 3);

        Assert.Same(ring.Keys[1], ring.Find(ring.Keys[1].Id));
        Assert.Null(new KeyRing().Find(ring.Keys[0].Id));
    }
}
