namespace Smcp.Sessions;

public sealed class GroupCommitTests
{
    [Fact]
    public async Task Commit_CarriesWhatCameWhileOneWasUnderWay()
    {
        var writes = new List<TaskCompletionSource>();
        var commit = new GroupCommit(() =>
        {
            writes.Add(new TaskCompletionSource());
            return writes[^1].Task;
        });

        var first = commit.CommitAsync();
        var second = commit.CommitAsync();
        var third = commit.CommitAsync();
        writes[0].SetResult();
        await first;

        await Wait.UntilAsync(() => writes.Count == 2, "the second write");
        Assert.False(second.IsCompleted);
        writes[1].SetResult();
        await second;
        await third;
        Assert.Equal(2, writes.Count);
    }

    [Fact]
    public async Task Failure_IsToldToThoseWhoWaitedForThatWrite()
    {
        var writes = new List<TaskCompletionSource>();
        var commit = new GroupCommit(() =>
        {
            writes.Add(new TaskCompletionSource());
            return writes[^1].Task;
        });

        var first = commit.CommitAsync();
        var second = commit.CommitAsync();
        writes[0].SetException(new IOException());
        await Assert.ThrowsAsync<IOException>(() => first);
        await Wait.UntilAsync(() => writes.Count == 2, "the second write");
        writes[1].SetResult();
        await second;
    }
}
