using Raft.Verified.Exploration.Shrinking;
using Xunit;

namespace Raft.Verified.Tests.Exploration.Shrinking;

public sealed class DeltaDebuggingTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(100, 0)]
    [InlineData(100, 99)]
    [InlineData(100, 3, 50, 51, 98)]
    [InlineData(1, 0)]
    [InlineData(7, 0, 1, 2, 3, 4, 5, 6)]
    public void What_is_needed_stays_and_nothing_else(int count, params int[] needed)
    {
        Assert.Equal(needed, Reduce(count, list => needed.All(list.Contains)));
    }

    [Fact]
    public void No_single_element_can_be_left_out_of_the_result()
    {
        // Elements that are needed in pairs: each even one with the odd one behind it, or neither of them; and 40 of them in all.
        bool Fits(List<int> list) => list.Count >= 40 && list.All(i => list.Contains(i ^ 1));
        List<int> result = Reduce(128, Fits);

        Assert.True(Fits(result));
        Assert.All(result, left => Assert.False(Fits([.. result.Where(i => i != left)])));
    }

    [Fact]
    public void Far_fewer_candidates_are_tried_than_there_are_elements()
    {
        int tries = 0;
        Reduce(4096, list =>
        {
            tries++;
            return list.Contains(1234);
        });
        Assert.InRange(tries, 1, 60);
    }

    [Fact]
    public void A_list_may_lose_more_than_was_left_out()
    {
        // Without its head the rest of a group of ten makes no sense.
        List<int> list = [.. Enumerable.Range(0, 200)];
        DeltaDebugging.Reduce(() => list.Count, (start, count) =>
        {
            List<int> candidate = [.. list.Take(start), .. list.Skip(start + count)];
            candidate.RemoveAll(i => !candidate.Contains(i / 10 * 10));
            bool fits = candidate.Contains(57);
            list = fits ? candidate : list;
            return fits;
        });
        Assert.Equal([50, 57], list);
    }

    private static List<int> Reduce(int count, Func<List<int>, bool> fits)
    {
        List<int> list = [.. Enumerable.Range(0, count)];
        DeltaDebugging.Reduce(() => list.Count, (start, length) =>
        {
            List<int> candidate = [.. list.Take(start), .. list.Skip(start + length)];
            if (!fits(candidate))
            {
                return false;
            }

            list = candidate;
            return true;
        });
        return list;
    }
}
