using Smcp.Identity;
using Smcp.TestSupport;

namespace Smcp.Runtimes.Process;

public sealed class CrashBackoffsTests
{
    [Fact]
    public void Crashes_OfOne_LetTheOthersStart()
    {
        var clock = new ManualTimeProvider();
        var backoffs = new CrashBackoffs(new ProcessRuntimeOptions(), clock);
        var (ann, bob) = (PrincipalId.Parse("ann"), PrincipalId.Parse("bob"));

        var rest = backoffs.Ended(ann, default);

        Assert.False(backoffs.MayStart(ann));
        Assert.True(backoffs.MayStart(bob));
        clock.Advance(rest);
        Assert.True(backoffs.MayStart(ann));
    }

    [Fact]
    public void Crashes_OfMany_AreForgottenWhenTheirTimeIsOver()
    {
        var clock = new ManualTimeProvider();
        var options = new ProcessRuntimeOptions();
        var backoffs = new CrashBackoffs(options, clock);
        var first = backoffs.Ended(PrincipalId.Parse("p0"), default);
        for (var i = 1; i < 1_000; i++)
        {
            backoffs.Ended(PrincipalId.Parse($"p{i}"), default);
        }

        clock.Advance(first);
        backoffs.Ended(PrincipalId.Parse("another"), default);

        // It is the first time again.
        Assert.Equal(first, backoffs.Ended(PrincipalId.Parse("p0"), default));
    }
}
