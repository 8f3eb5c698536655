using Raft.Verified.Protocol;
using Raft.Verified.Simulation;

namespace Raft.Verified.Testing.Page;

/// <summary>
/// The links that are cut by acts of the environment: partitions, cuts in one direction, and disconnected servers of
/// the labs.
/// </summary>
/// <param name="servers">The number of servers.</param>
internal sealed class CutLinks(int servers)
{
    private readonly bool[,] _cut = new bool[servers + 1, servers + 1];
    private readonly bool[] _disconnected = new bool[servers + 1];

    /// <summary>Applies an act of the environment.</summary>
    /// <param name="server">The server that the act concerns; none for the network.</param>
    /// <param name="act">The act, which need not concern links.</param>
    /// <returns>All links that are cut after the act; null when the act does not concern links.</returns>
    public IReadOnlyList<Link>? Read(ServerId server, ClusterAct act)
    {
        switch (act)
        {
            case Partitioned partition:
                SetAll((from, to) => !partition.Groups.Any(group => group.Contains(new ServerId(from)) && group.Contains(new ServerId(to))));
                break;
            case Healed:
                SetAll((_, _) => false);
                break;
            case LinkCut cut:
                _cut[server.Value, cut.To.Value] = true;
                break;
            case Connected or Disconnected:
                _disconnected[server.Value] = act is Disconnected;
                SetAll((from, to) => _disconnected[from] || _disconnected[to]);
                break;
            default:
                return null;
        }

        return Cuts();
    }

    private void SetAll(Func<int, int, bool> isCut)
    {
        for (int from = 1; from <= servers; from++)
        {
            for (int to = 1; to <= servers; to++)
            {
                _cut[from, to] = from != to && isCut(from, to);
            }
        }
    }

    private List<Link> Cuts()
    {
        List<Link> cuts = [];
        for (int from = 1; from <= servers; from++)
        {
            for (int to = 1; to <= servers; to++)
            {
                if (_cut[from, to])
                {
                    cuts.Add(new Link(new ServerId(from), new ServerId(to)));
                }
            }
        }

        return cuts;
    }
}
