using Raft.Verified.ModelChecking;
using Xunit;

namespace Raft.Verified.Tests.ModelChecking;

/// <summary>The set of visited states: a state that it loses is visited twice, and a state that it invents is never visited.</summary>
public class FingerprintTableTests
{
    private const int Threads = 4;

    [Fact]
    public void A_fingerprint_is_new_once()
    {
        using FingerprintTable table = new(0);
        Assert.True(table.Add(new Fingerprint(7, 9)));
        Assert.False(table.Add(new Fingerprint(7, 9)));
    }

    [Theory]
    [InlineData(1UL, 2UL)]
    [InlineData(0UL, 2UL)]
    [InlineData(2UL, 0UL)]
    public void Fingerprints_that_share_a_half_are_two(ulong low, ulong high)
    {
        using FingerprintTable table = new(0);
        Assert.True(table.Add(new Fingerprint(2, 2)));
        Assert.True(table.Add(new Fingerprint(low, high)));
        Assert.False(table.Add(new Fingerprint(2, 2)));
        Assert.False(table.Add(new Fingerprint(low, high)));
    }

    [Fact]
    public void Full_buckets_overflow_into_the_next()
    {
        using FingerprintTable table = new(0);
        for (int round = 0; round < 2; round++)
        {
            // All of them belong into the last bucket of the last part.
            for (uint i = 1; i <= 100; i++)
            {
                Assert.Equal(round == 0, table.Add(new Fingerprint(ulong.MaxValue - i, i)));
            }
        }
    }

    [Fact]
    public void There_is_room_for_as_many_as_expected()
    {
        using FingerprintTable table = new(10_000_000);
        Assert.InRange(table.Limit, 10_000_000, 10_200_000);
        Assert.InRange(table.Bytes, 10_000_000L * 14, 10_000_000L * 15);
    }

    [Fact]
    public async Task One_of_several_threads_adds_a_fingerprint()
    {
        const int Count = 300_000;
        using FingerprintTable table = new(Count);
        int added = 0;
        await InThreads(thread =>
        {
            int mine = 0;
            for (int i = 0; i < Count; i++)
            {
                // Each thread in an order of its own, in turns ahead of the others.
                mine += table.Add(Of((int)((i * (2L * thread + 1)) % Count))) ? 1 : 0;
            }

            Interlocked.Add(ref added, mine);
        });

        HashSet<int> numbers = [];
        for (int thread = 0; thread < Threads; thread++)
        {
            numbers.UnionWith(Enumerable.Range(0, Count).Select(i => (int)((i * (2L * thread + 1)) % Count)));
        }

        Assert.Equal(numbers.Count, added);
    }

    [Fact]
    public async Task Growing_together_keeps_all_fingerprints()
    {
        using FingerprintTable table = new(0);
        int next = 0;
        for (int round = 0; round < 8; round++)
        {
            for (; next < table.Limit; next++)
            {
                Assert.True(table.Add(Of(next)));
            }

            long limit = table.Limit;
            table.BeginGrowing();
            await InThreads(_ => table.HelpGrowing());
            table.EndGrowing();
            Assert.True(table.Limit > limit);
        }

        Assert.True(next > 10_000_000);
        for (int i = 0; i < next; i++)
        {
            Assert.False(table.Add(Of(i)));
        }
    }

    [Fact]
    public void Saved_fingerprints_are_loaded()
    {
        const int Count = 500_000;
        using MemoryStream stream = new();
        using (FingerprintTable table = new(Count))
        {
            for (int i = 0; i < Count; i++)
            {
                table.Add(Of(i));
            }

            table.Save(stream);
        }

        stream.Position = 0;
        using FingerprintTable loaded = new(0);
        loaded.Load(stream, Count);
        Assert.Equal(stream.Length, stream.Position);
        for (int i = 0; i < Count; i++)
        {
            Assert.False(loaded.Add(Of(i)));
        }

        Assert.True(loaded.Add(Of(Count)));
    }

    private static Fingerprint Of(int number)
    {
        ulong mixed = (ulong)(number + 1) * 0x9E3779B97F4A7C15;
        return new Fingerprint(mixed ^ (mixed >> 29), mixed * 0xBF58476D1CE4E5B9);
    }

    private static Task InThreads(Action<int> work) =>
        Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () => work(thread), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
}
