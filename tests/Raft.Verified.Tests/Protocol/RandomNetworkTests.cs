using Raft.Verified.Protocol;
using Xunit;
using Xunit.Sdk;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>
/// Thousands of schedules with fixed seeds: messages lost, repeated and reordered, slow disks, crashes within a write. Safety is checked
/// after every step (<see cref="SafetyChecks"/>); when the faults stop, all servers must come to agree.
/// </summary>
public sealed class RandomNetworkTests
{
    private const int Steps = 500;

    [Theory]
    [InlineData(1, 150)]
    [InlineData(2, 150)]
    [InlineData(3, 400)]
    [InlineData(4, 150)]
    [InlineData(5, 250)]
    public void Cores_stay_safe_under_every_fault_and_agree_when_the_faults_stop(int servers, int schedules)
    {
        Reached reached = new();
        for (int seed = 0; seed < schedules; seed++)
        {
            Schedule schedule = new(servers, seed, reached);
            try
            {
                schedule.RunWithFaults();
                schedule.RunWithoutFaults();
            }
            catch (Exception error)
            {
                throw new XunitException($"{servers} servers, seed {seed}: {error.Message}\n{schedule.Story}", error);
            }
        }

        reached.AssertAll(servers);
    }

    /// <summary>The events that the schedules must have met; without them they prove nothing.</summary>
    private sealed class Reached
    {
        public int CrashesWithinWrites { get; set; }

        public Dictionary<string, int> Times { get; } = [];

        public void Add(Cluster cluster)
        {
            foreach ((string what, int times) in cluster.Reached)
            {
                Times[what] = Times.GetValueOrDefault(what) + times;
            }
        }

        public void AssertAll(int servers)
        {
            Assert.True(CrashesWithinWrites > 0);
            string[] always = ["Leader", "CommitAdvanced", "LogCompacted", "Restart from a snapshot"];
            string[] withPeers = servers < 3 ? [] : ["LogTruncated", "SnapshotInstalled", "Leader deposed"];
            string[] rare = servers == 3 ? ["Suffix kept", "Log cut at restart"] : [];
            Assert.Empty(new[] { always, withPeers, rare }.SelectMany(what => what).Except(Times.Keys));
        }
    }

    private sealed class Schedule
    {
        private readonly Random _random;
        private readonly Reached _reached;
        private readonly Cluster _cluster;
        private readonly Queue<string> _story = new();

        // Deliver, disk, timeout, heartbeat, propose, compact, crash: drawn anew for each schedule.
        private readonly int[] _weights;

        // The server that messages are slow to reach, if any.
        private readonly int _slow;
        private readonly int _reorderOneIn;

        public Schedule(int servers, int seed, Reached reached)
        {
            _random = new Random((seed * 10) + servers);
            _reached = reached;
            int perAppend = Between(1, 3);
            int inFlight = Between(1, 5);
            int chunk = Between(1, 11);
            bool emptyEntry = _random.Next(2) == 0;
            _slow = Between(0, servers);
            _reorderOneIn = Between(1, 8);
            _weights = [60, Between(10, 60), Between(1, 2), Between(2, 20), Between(5, 20), Between(1, 16), Between(0, 2)];
            _cluster = new Cluster(servers, emptyEntry: emptyEntry, with: options => options with
            {
                MaxEntriesPerAppend = perAppend,
                MaxEntriesInFlight = inFlight,
                MaxSnapshotChunkBytes = chunk,
            })
            {
                InstantDisks = false,
            };
        }

        public string Story => string.Join('\n', _story);

        public void RunWithFaults()
        {
            for (int step = 0; step < Steps; step++)
            {
                int server = Between(1, _cluster.Servers.Count());
                if (!_cluster.IsUp(server))
                {
                    Do(_random.Next(4) == 0, $"restart S{server}", () => _cluster.Restart(server));
                    continue;
                }

                switch (Choose())
                {
                    case 0:
                        DeliverOne();
                        break;
                    case 1:
                        Do(_cluster[server].Disk.Pending > 0, $"disk S{server}", () => _cluster.CompleteWrite(server));
                        break;
                    case 2:
                        Do(true, $"timeout S{server}", () => _cluster.Timeout(server));
                        break;
                    case 3:
                        Do(true, $"heartbeat S{server}", () => _cluster.Heartbeat(server));
                        break;
                    case 4:
                        int commands = Between(1, 3);
                        Do(IsLeader(server), $"propose {commands} at S{server}", () => _cluster.Propose(server, commands));
                        break;
                    case 5:
                        long index = _cluster[server].Core.LastApplied.Value - _random.Next(2);
                        Do(index > 0, $"compact S{server} {index}", () => _cluster.Compact(server, index));
                        break;
                    default:
                        int parts = Between(0, ModelDisk.PartsOfWrite);
                        _reached.CrashesWithinWrites += parts > 0 && _cluster[server].Disk.Pending > 0 ? 1 : 0;
                        Do(true, $"crash S{server} after {parts} parts", () => _cluster.Crash(server, parts));
                        break;
                }
            }
        }

        private bool IsLeader(int server) => _cluster[server].Core.Role == Role.Leader;

        private int Between(int least, int most) => _random.Next(least, most + 1);

        private int Choose()
        {
            int draw = _random.Next(_weights.Sum());
            int choice = 0;
            while (draw >= _weights[choice])
            {
                draw -= _weights[choice++];
            }

            return choice;
        }

        // Every message arrives, every write completes, and one server is given the time to win: they agree within so many rounds.
        public void RunWithoutFaults()
        {
            int[] all = [.. _cluster.Servers];
            foreach (int server in all.Where(id => !_cluster.IsUp(id)))
            {
                _cluster.Restart(server);
            }

            _cluster.InstantDisks = true;
            foreach (int server in all)
            {
                while (_cluster[server].Disk.Pending > 0)
                {
                    _cluster.CompleteWrite(server);
                }
            }

            for (int round = 0; round < 20 && !Agree(all); round++)
            {
                _cluster.Settle(all);
                int[] leaders = [.. all.Where(IsLeader)];
                if (leaders.Length == 0)
                {
                    Do(true, "timeout without faults", () => _cluster.Timeout(all[round % all.Length]));
                }

                foreach (int leader in leaders)
                {
                    Do(true, "heartbeat without faults", () => _cluster.Heartbeat(leader));
                    _cluster.Settle(all);
                    Do(IsLeader(leader) && round % 3 == 0, "propose without faults", () => _cluster.Propose(leader));
                }

                _cluster.Settle(all);
            }

            IEnumerable<string> servers = all.Select(id => $"{_cluster[id].Core.Role} {_cluster.LogOf(id)}");
            Assert.True(Agree(all), $"no agreement: {string.Join(" | ", servers)}");
            _reached.Add(_cluster);
        }

        private bool Agree(int[] all)
        {
            RaftCore? leader = all.Select(id => _cluster[id].Core).Where(c => c.Role == Role.Leader).MaxBy(c => c.CurrentTerm);
            return leader is not null
                && leader.Log.LastTerm == leader.CurrentTerm
                && all.All(id => _cluster[id].Core.LastApplied == leader.Log.LastIndex)
                && all.All(id => _cluster[id].Core.Log.LastIndex == leader.Log.LastIndex)
                && all.Select(_cluster.AppliedBy).Distinct().Count() == 1;
        }

        // Mostly in order, sometimes not; mostly once, sometimes twice or never.
        private void DeliverOne()
        {
            if (_cluster.InFlight.Count == 0)
            {
                return;
            }

            Message message = _cluster.InFlight[_random.Next(_reorderOneIn) == 0 ? _random.Next(_cluster.InFlight.Count) : 0];
            if (message.To == S(_slow) && _random.Next(4) != 0)
            {
                _cluster.InFlight.Remove(message);
                _cluster.InFlight.Add(message);
                return;
            }

            int fate = _random.Next(20);
            if (fate > 0)
            {
                _cluster.InFlight.Remove(message);
            }

            Do(fate < 18, $"{message.From} > {message.To} {message}", () => _cluster.Hand(message));
            while (_cluster.InFlight.Count > 60)
            {
                _cluster.InFlight.RemoveAt(_random.Next(_cluster.InFlight.Count));
            }
        }

        private void Do(bool possible, string what, Action action)
        {
            if (possible)
            {
                _story.Enqueue(what);
                if (_story.Count > 40)
                {
                    _story.Dequeue();
                }

                action();
            }
        }
    }
}
