using Raft.Verified.ModelChecking;
using Xunit;

namespace Raft.Verified.Tests.ModelChecking;

/// <summary>The reductions of the exhaustive search leave nothing out: whatever the servers can be together in the raw search, they are in the reduced one.</summary>
public sealed class ReductionTests
{
    private static readonly SearchOptions[] Ways =
    [
        new() { Symmetry = true, Workers = 1 },
        new() { EagerClosure = true, Workers = 1 },
        new() { DeadReplies = true, VerifyReductions = true, Workers = 1 },
        SearchOptions.Reduced with { VerifyReductions = true, Workers = 2 },
    ];

    public static TheoryData<string, int> Cases
    {
        get
        {
            TheoryData<string, int> cases = [];
            foreach (ModelBounds model in Models())
            {
                for (int way = 0; way < Ways.Length; way++)
                {
                    cases.Add(model.Name, way);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_servers_are_in_the_same_states_together_with_and_without_a_reduction(string model, int way)
    {
        ModelBounds bounds = Models().Single(each => each.Name == model);

        (HashSet<Fingerprint> raw, ModelReport whole) = Explore(bounds, SearchOptions.Raw with { Workers = 1 });
        (HashSet<Fingerprint> reduced, ModelReport less) = Explore(bounds, Ways[way]);

        Assert.True(whole.IsComplete && less.IsComplete);
        Assert.True(less.States < whole.States, $"{less.States} of {whole.States} states are no reduction");
        Assert.True(raw.SetEquals(reduced), $"{raw.Except(reduced).Count()} of {raw.Count} states of the servers were left out, {reduced.Except(raw).Count()} came from nowhere");
    }

    [Fact]
    public void Symmetry_leaves_one_state_of_each_orbit()
    {
        ModelBounds bounds = ModelLibrary.Find("replication3")!;
        CoreCluster? cluster = null;
        HashSet<Fingerprint> orbits = [];
        ModelReport raw = new ModelChecker(bounds, SearchOptions.Raw with { Workers = 1 })
        {
            Visited = (of, state, _) => orbits.Add(Least(cluster ??= new CoreCluster(bounds, symmetry: true), state, of)),
        }.Run();

        ModelReport reduced = new ModelChecker(bounds, new SearchOptions { Symmetry = true, Workers = 1 }).Run();

        Assert.True(raw.IsComplete);
        Assert.Equal(orbits.Count, reduced.States);

        // The least print of a state under all renamings, made by renaming its servers and messages, not by the sums of the search.
        static Fingerprint Least(CoreCluster renamings, ClusterState state, CoreCluster of)
        {
            Fingerprint? least = null;
            foreach (Renaming renaming in renamings.Renamings)
            {
                Fingerprint print = PrintOf(state, of, renaming);
                least = least is null || print.IsLessThan(least.Value) ? print : least;
            }

            return least!.Value;
        }
    }

    private static Fingerprint PrintOf(ClusterState state, CoreCluster cluster, Renaming renaming)
    {
        List<byte[]> parts = [];
        int servers = cluster.Servers;
        for (int server = 0; server < servers; server++)
        {
            parts.Add([0, .. cluster.Local(state.Local(server)).State.Renamed(renaming).ToBytes(renaming.PlaceOf(server))]);
        }

        foreach (int message in state.Messages)
        {
            Raft.Verified.Protocol.StateWriter writer = new();
            writer.Message(renaming.Of(cluster.Message(message).Message));
            parts.Add([1, .. writer.ToArray()]);
        }

        for (int bit = 0; bit < 64; bit++)
        {
            if (((state.Elected >> bit) & 1) != 0)
            {
                parts.Add([2, (byte)(bit / servers), (byte)renaming.PlaceOf(bit % servers)]);
            }
        }

        parts.Add([3, (byte)state.Committed, (byte)state.Served, .. BitConverter.GetBytes(state.Budget)]);
        parts.Sort((left, right) => left.AsSpan().SequenceCompareTo(right));
        return Fingerprint.Of([.. parts.SelectMany(part => (byte[])[(byte)(part.Length >> 8), (byte)part.Length, .. part])]);
    }

    private static ModelBounds[] Models() =>
    [
        ModelLibrary.Find("elections")!,
        ModelLibrary.Find("replication2")!,
        ModelLibrary.Find("replication3")!,
        ModelLibrary.Find("snapshots")!,
        ModelLibrary.Find("snapshots-async")!,
        ModelLibrary.Find("crashes")!,
        ModelLibrary.Find("reads")!,
        new() { Name = "two terms, three servers", Servers = 3, Candidates = 1, MaxTerm = 2, MaxInFlight = 1, EmptyEntry = false, MaxCrashes = 1 },
    ];

    // The servers' states together, as the least print of them under all renamings.
    private static (HashSet<Fingerprint> Servers, ModelReport Report) Explore(ModelBounds bounds, SearchOptions options)
    {
        HashSet<Fingerprint> servers = [];
        Renaming[] renamings = Renaming.All(bounds);
        Dictionary<int, Fingerprint[]> prints = [];
        ModelReport report = new ModelChecker(bounds, options)
        {
            Visited = (cluster, state, _) =>
            {
                Fingerprint? least = null;
                for (int renaming = 0; renaming < renamings.Length; renaming++)
                {
                    Fingerprint sum = default;
                    for (int server = 0; server < bounds.Servers; server++)
                    {
                        sum += PrintsOf(cluster, state.Local(server))[renaming];
                    }

                    least = least is null || sum.IsLessThan(least.Value) ? sum : least;
                }

                servers.Add(least!.Value);
            },
        }.Run();
        return (servers, report);

        Fingerprint[] PrintsOf(CoreCluster cluster, int local)
        {
            if (!prints.TryGetValue(local, out Fingerprint[]? known))
            {
                LocalInfo info = cluster.Local(local);
                prints.Add(local, known = [.. renamings.Select(renaming => Fingerprint.Of(info.State.Renamed(renaming).ToBytes(renaming.PlaceOf(info.Server))))]);
            }

            return known;
        }
    }
}
