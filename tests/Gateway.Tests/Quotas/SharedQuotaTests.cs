namespace Smcp.Quotas;

/// <summary>One limit over several gateways is exact within a tenth, however the load falls on them.</summary>
public sealed class SharedQuotaTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private const int StepsPerMinute = 1_200;

    [Theory]
    [InlineData(1_200)]
    [InlineData(60_000)]
    public async Task FourGateways_UnderUnevenLoad_AdmitTheLimitWithinATenth(long perMinute)
    {
        // Together ten times the limit; the last gets a hundredth of what the first does.
        double[] shares = [7.0, 2.4, 0.53, 0.07];

        var admitted = await AdmittedAsync(perMinute, minutes: 5, (_, gateway) => shares[gateway]);

        AssertWithinATenth(perMinute, admitted);
    }

    [Fact]
    public async Task LoadThatMovesBetweenGateways_IsAdmittedWithinATenth()
    {
        var admitted = await AdmittedAsync(
            6_000, minutes: 4, (step, gateway) => step / 137 % 4 == gateway ? 6.0 : 0.2);

        AssertWithinATenth(6_000, admitted);
    }

    /// <summary>Property: any load that is over the limit, and changes at random at each gateway.</summary>
    [Fact]
    public async Task RandomLoads_AreAdmittedWithinATenth()
    {
        for (var seed = 1; seed <= 8; seed++)
        {
            var random = new Random(seed);
            var perMinute = random.Next(1_000, 40_000);
            var shares = new double[4];
            var admitted = await AdmittedAsync(perMinute, minutes: 3, (step, gateway) =>
            {
                if (step % 200 == 0)
                {
                    shares[gateway] = 0.5 + (random.NextDouble() * random.Next(1, 8));
                }

                return shares[gateway];
            });

            AssertWithinATenth(perMinute, admitted, $"seed {seed}, limit {perMinute}");
        }
    }

    [Fact]
    public async Task LoadBelowTheLimit_IsNotRefused()
    {
        await using var fleet = await GatewayFleet.StartAsync(4);
        var buckets = fleet.Sources.Select(source => new LeasedBucket("t/requests", source)).ToList();
        for (var step = 0; step < 2 * StepsPerMinute; step++)
        {
            // 4 gateways, one request a step each: 4,800 a minute of 6,000.
            foreach (var bucket in buckets)
            {
                Assert.Null(await bucket.SpendAsync(6_000, 1));
            }

            fleet.Clock.Advance(Step);
        }
    }

    [Fact]
    public async Task Batch_CostsItsMessages_AndIsPaidOff()
    {
        await using var fleet = await GatewayFleet.StartAsync(1);
        var bucket = new LeasedBucket("t/requests", fleet.Sources[0]);

        Assert.Null(await bucket.SpendAsync(60, 50));
        var wait = await bucket.SpendAsync(60, 1);

        Assert.NotNull(wait);
        Assert.InRange(wait.Value, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(42));
    }

    /// <summary>The fail mode: each gateway goes by its share; without news of others, by the limit.</summary>
    [Fact]
    public async Task LostGrain_OpensNoLimit_AndClosesNone()
    {
        await using var fleet = await GatewayFleet.StartAsync(1, reachable: false);
        var bucket = new LeasedBucket("t/requests", fleet.Sources[0]);
        var admitted = 0;
        for (var step = 0; step < StepsPerMinute; step++)
        {
            for (var i = 0; i < 10; i++)
            {
                admitted += await bucket.SpendAsync(1_200, 1) is null ? 1 : 0;
            }

            fleet.Clock.Advance(Step);
        }

        Assert.InRange(admitted, 1_080, 1_320);
    }

    [Fact]
    public async Task Places_AreNeverMoreThanTheLimit_AndGoWhereTheyAreNeeded()
    {
        await using var fleet = await GatewayFleet.StartAsync(4);
        var slots = fleet.Sources.Select(source => new LeasedSlots("t/concurrency", source)).ToList();
        var taken = new int[4];
        for (var i = 0; i < 400; i++)
        {
            taken[i % 4] += await slots[i % 4].TryTakeAsync(200) ? 1 : 0;
            fleet.Clock.Advance(TimeSpan.FromMilliseconds(60));
        }

        Assert.InRange(taken.Sum(), 180, 200);
        for (var i = 0; i < taken[0]; i++)
        {
            slots[0].Release();
        }

        await slots[0].RenewAsync();
        var more = 0;
        for (var i = 0; i < 200; i++)
        {
            more += await slots[3].TryTakeAsync(200) ? 1 : 0;
            fleet.Clock.Advance(TimeSpan.FromMilliseconds(5));
        }

        Assert.InRange(more, taken[0] - 20, taken[0] + 20);
    }

    /// <summary>A request pays for its limits by a lock: what a lease costs is shared by all that spend it.</summary>
    [Fact]
    public async Task Spending_AllocatesNearlyNothing()
    {
        const int spent = 10_000;
        await using var fleet = await GatewayFleet.StartAsync(1);
        var bucket = new LeasedBucket("t/requests", fleet.Sources[0]);
        for (var i = 0; i < spent; i++)
        {
            await bucket.SpendAsync(10_000_000, 1);
        }

        var refused = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < spent; i++)
        {
            refused += await bucket.SpendAsync(10_000_000, 1) is null ? 0 : 1;
        }

        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)spent;
        Assert.Equal(0, refused);
        Assert.True(each < 16, $"A spending allocates {each} bytes.");
    }

    private static async Task<List<int>> AdmittedAsync(long perMinute, int minutes, Func<int, int, double> load)
    {
        await using var fleet = await GatewayFleet.StartAsync(4);
        var buckets = fleet.Sources.Select(source => new LeasedBucket("t/requests", source)).ToList();
        var debts = new double[4];
        var admitted = new List<int>();
        for (var minute = 0; minute < minutes; minute++)
        {
            admitted.Add(0);
            for (var step = 0; step < StepsPerMinute; step++)
            {
                for (var gateway = 0; gateway < 4; gateway++)
                {
                    debts[gateway] += load((minute * StepsPerMinute) + step, gateway) * perMinute / StepsPerMinute;
                    for (; debts[gateway] >= 1; debts[gateway]--)
                    {
                        admitted[^1] += await buckets[gateway].SpendAsync(perMinute, 1) is null ? 1 : 0;
                    }
                }

                fleet.Clock.Advance(Step);
            }
        }

        return admitted;
    }

    private static void AssertWithinATenth(long limit, List<int> admitted, string of = "") => Assert.True(
        admitted.TrueForAll(count => count >= 0.9 * limit && count <= 1.1 * limit),
        $"{of}: of {limit} a minute were admitted {string.Join(", ", admitted)}.");
}
