namespace Smcp.Identity.OAuth.Keys;

public sealed class SigningKeyScheduleTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly SigningKeyOptions _options = new();
    private int _made;

    [Fact]
    public void FirstKey_SignsAtOnce()
    {
        var key = Assert.Single(Advance([], Start));

        Assert.Equal(SigningKeyStatus.Active, key.Status);
    }

    [Fact]
    public void Keys_StayTheSame_WhenNothingIsDue()
    {
        var keys = Advance([], Start);

        Assert.Same(keys, Advance(keys, Start + TimeSpan.FromDays(29)));
    }

    [Fact]
    public void NextKey_IsPublishedLongerThanOthersHoldTheSet_WhenItSigns()
    {
        var keys = Advance([], Start);
        var published = Start + _options.RotationPeriod - _options.Lead;

        keys = Advance(keys, published);
        Assert.Equal([SigningKeyStatus.Active, SigningKeyStatus.Pending], keys.Select(key => key.Status));
        Assert.Same(keys, Advance(keys, published + _options.Lead - TimeSpan.FromTicks(1)));

        keys = Advance(keys, published + _options.Lead);
        Assert.Equal([SigningKeyStatus.Retired, SigningKeyStatus.Active], keys.Select(key => key.Status));
        Assert.True(keys[0].Private.IsEmpty);
        Assert.True(_options.Lead >= _options.PublishedMaxAge + TimeSpan.FromMinutes(5));

        Assert.Single(Advance(keys, published + _options.Lead + _options.RetiredFor));
    }

    [Fact]
    public void NextKey_IsPublishedFirst_WhenNobodyAskedForLong()
    {
        var keys = Advance([], Start);
        var late = Start + TimeSpan.FromDays(90);

        keys = Advance(keys, late);
        Assert.Equal("1", SigningKeySchedule.ActiveOf(keys)!.Id);

        Assert.Equal("2", SigningKeySchedule.ActiveOf(Advance(keys, late + _options.Lead))!.Id);
    }

    [Fact]
    public void Rotation_IsBroughtForward_WhenAskedFor()
    {
        var keys = SigningKeySchedule.Rotate(Advance([], Start), Start, _options, Create);
        Assert.Equal("1", SigningKeySchedule.ActiveOf(Advance(keys, Start))!.Id);
        Assert.Equal(2, SigningKeySchedule.Rotate(keys, Start, _options, Create).Count);

        Assert.Equal("2", SigningKeySchedule.ActiveOf(Advance(keys, Start + _options.Lead))!.Id);
    }

    [Fact]
    public void PendingKey_SignsAtOnce_WhenTheActiveOneWasDestroyed()
    {
        var keys = SigningKeySchedule.Rotate(Advance([], Start), Start, _options, Create);

        var left = Advance([.. keys.Where(key => key.Status != SigningKeyStatus.Active)], Start);

        Assert.Equal("2", SigningKeySchedule.ActiveOf(left)!.Id);
    }

    [Fact]
    public void RetiredKey_Stays_WhenTheActiveOneWasDestroyed()
    {
        var keys = SigningKeySchedule.Rotate(Advance([], Start), Start, _options, Create);
        keys = Advance(keys, Start + _options.Lead);
        keys = SigningKeySchedule.Rotate(keys, Start + _options.Lead, _options, Create);

        var left = Advance([.. keys.Where(key => key.Status != SigningKeyStatus.Active)], Start + _options.Lead);

        Assert.Equal(["1", "3"], left.Select(key => key.Id));
        Assert.Equal([SigningKeyStatus.Retired, SigningKeyStatus.Active], left.Select(key => key.Status));
    }

    [Fact]
    public void Key_BearsTheTimesOfItsLife()
    {
        var active = Assert.Single(Advance([], Start));
        Assert.Equal((Start, Start + _options.RotationPeriod), (active.SignsFrom, active.EndsAt));

        var pending = Advance([active], active.EndsAt - _options.Lead)[1];
        Assert.Equal(active.EndsAt, pending.SignsFrom);

        var next = Advance([active, pending], active.EndsAt);
        Assert.Equal(active.EndsAt + _options.RetiredFor, next[0].EndsAt);
        Assert.Equal((active.EndsAt, active.EndsAt + _options.RotationPeriod), (next[1].SignsFrom, next[1].EndsAt));
        Assert.False(next[1].Private.IsEmpty);
    }

    [Fact]
    public void NextKey_HasItsLead_WhenItIsMadeLate()
    {
        var late = Start + TimeSpan.FromDays(90);

        Assert.Equal(late + _options.Lead, Advance(Advance([], Start), late)[1].SignsFrom);
    }

    [Fact]
    public void RetiredKey_IsDestroyed_OnceItsTimeIsOver()
    {
        var rotated = SigningKeySchedule.Rotate(Advance([], Start), Start, _options, Create);
        var keys = Advance(rotated, Start + _options.Lead);
        var end = Start + _options.Lead + _options.RetiredFor;

        Assert.Same(keys, Advance(keys, end - TimeSpan.FromTicks(1)));
        Assert.Equal("2", Assert.Single(Advance(keys, end)).Id);
    }

    [Fact]
    public void Rotation_IsNotPutOff_WhenTheNextKeySignsSooner()
    {
        var keys = SigningKeySchedule.Rotate(Advance([], Start), Start, _options, Create);
        var again = SigningKeySchedule.Rotate(keys, Start + TimeSpan.FromMinutes(1), _options, Create);

        Assert.Equal(Start + _options.Lead, again[1].SignsFrom);

        var far = (SigningKey[])[keys[0], keys[1] with { SignsFrom = Start + TimeSpan.FromDays(5) }];
        Assert.Equal(Start + _options.Lead, SigningKeySchedule.Rotate(far, Start, _options, Create)[1].SignsFrom);
        Assert.Equal(keys[0], SigningKeySchedule.Rotate(far, Start, _options, Create)[0]);
    }

    private IReadOnlyList<SigningKey> Advance(IReadOnlyList<SigningKey> keys, DateTimeOffset now) =>
        SigningKeySchedule.Advance(keys, now, _options, Create);

    private SigningKey Create(DateTimeOffset signsFrom) => new()
    {
        Id = (++_made).ToString(System.Globalization.CultureInfo.InvariantCulture),
        Private = new byte[] { 1 },
        SignsFrom = signsFrom,
    };
}
