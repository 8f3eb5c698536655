using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Simulation.Lab;
using Xunit;

namespace Raft.Verified.Tests.Lab;

/// <summary>
/// The lab network, with the tests that the labs put to theirs, restated: what they ask of Go's encoding and of its race detector has no
/// counterpart here.
/// </summary>
public sealed class LabNetworkTests
{
    [Fact]
    public void A_call_is_answered_at_once_on_a_reliable_network() => LabWorld.Run(async world =>
    {
        LabEnd end = world.End();
        Assert.Equal((0d, new LabReply<int>(true, 111)), await world.TimeAsync(world.Call(end, 111)));
        Assert.Equal((0d, new LabReply<int>(true, 9)), await world.TimeAsync(world.Call(end, 9)));
    });

    [Fact]
    public void An_end_that_was_never_enabled_yields_no_reply_and_works_once_it_is() => LabWorld.Run(async world =>
    {
        LabEnd end = world.End(enabled: false);
        Assert.Equal(default, await world.Call(end, 1));
        end.IsEnabled = true;
        Assert.Equal(new LabReply<int>(true, 2), await world.Call(end, 2));
        Assert.Equal([2], world.Handled);
    });

    [Fact]
    public void Calls_are_counted_by_server() => LabWorld.Run(async world =>
    {
        LabEnd end = world.End();
        for (int i = 0; i < 17; i++)
        {
            await world.Call(end, i);
        }

        Assert.Equal(17, world.Network.IncomingCalls(LabWorld.ServerName));
        world.AddServer();
        Assert.Equal(0, world.Network.IncomingCalls(LabWorld.ServerName));
        Assert.Equal(17, world.Network.TotalCalls);
        Assert.Equal(0, world.Network.IncomingCalls("nobody"));
    });

    [Fact]
    public void Requests_count_in_bytes_when_made_and_replies_when_delivered() => LabWorld.Run(async world =>
    {
        LabEnd end = world.End();
        await world.Call(end, 1, requestBytes: 284, replyBytes: 107);
        Assert.Equal(391, world.Network.TotalBytes);

        end.IsEnabled = false;
        await world.Call(end, 2, requestBytes: 1000, replyBytes: 1);
        Assert.Equal((1391, 2), (world.Network.TotalBytes, world.Network.TotalCalls));
        Assert.Equal(1, world.Network.IncomingCalls(LabWorld.ServerName));
    });

    [Fact]
    public void Many_callers_are_all_answered_and_counted() => LabWorld.Run(
        async world =>
        {
            Task[] callers = new Task[20];
            for (int caller = 0; caller < callers.Length; caller++)
            {
                int first = 100 * caller;
                LabEnd end = world.End();
                callers[caller] = world.Start(async () =>
                {
                    for (int i = first; i < first + 10; i++)
                    {
                        Assert.Equal(new LabReply<int>(true, i), await world.Call(end, i));
                    }
                });
            }

            await Tasks.AllAsync(callers);
            Assert.Equal(200, world.Server.IncomingCalls);
        },
        seeds: 5);

    [Fact]
    public void Calls_on_one_end_run_beside_each_other_in_any_order()
    {
        HashSet<string> orders = [];
        LabWorld.Run(async world =>
        {
            LabEnd end = world.End();
            Task<LabReply<int>>[] calls = [.. Enumerable.Range(0, 20).Select(i => world.Call(end, i))];
            for (int i = 0; i < calls.Length; i++)
            {
                Assert.Equal(new LabReply<int>(true, i), await calls[i]);
            }

            Assert.Equal(20, world.Server.IncomingCalls);
            orders.Add(string.Join(' ', world.Handled));
        });
        Assert.True(orders.Count > 15, $"20 seeds gave {orders.Count} orders");
    }

    [Fact]
    public void On_an_unreliable_network_about_four_of_five_calls_succeed_and_the_others_fail_fast()
    {
        int succeeded = 0;
        LabWorld.Run(async world =>
        {
            world.Network.IsReliable = false;
            LabEnd end = world.End();
            for (int i = 0; i < 300; i++)
            {
                (double milliseconds, LabReply<int> reply) = await world.TimeAsync(world.Call(end, i));
                Assert.InRange(milliseconds, 0, 26);
                succeeded += reply.Success ? 1 : 0;
            }

            // A lost request is not handled; a lost reply is.
            Assert.InRange(world.Handled.Count, 300 * 0.8, 300 * 0.98);
        });
        Assert.InRange(succeeded / 6000.0, 0.79, 0.83);
    }

    [Theory]
    [InlineData(true, 6999)]
    [InlineData(false, 99)]
    public void A_call_over_a_disabled_end_or_to_an_absent_server_fails_slowly(bool longDelays, int most)
    {
        double longest = 0;
        LabWorld.Run(async world =>
        {
            world.Network.HasLongDelays = longDelays;
            LabEnd end = world.End(enabled: false);
            LabEnd toNobody = world.Network.CreateEnd("caller", "nobody");
            toNobody.IsEnabled = true;
            for (int i = 0; i < 20; i++)
            {
                (double milliseconds, LabReply<int> reply) = await world.TimeAsync(world.Call(i % 2 == 0 ? end : toNobody, i));
                Assert.False(reply.Success);
                Assert.InRange(milliseconds, 0, most);
                longest = Math.Max(longest, milliseconds);
            }
        });
        Assert.True(longest > most * 0.95, $"the longest of 400 calls took {longest} ms");
    }

    [Fact]
    public void Calls_made_while_disabled_neither_arrive_nor_hold_up_later_ones() => LabWorld.Run(async world =>
    {
        world.Network.HasLongDelays = true;
        LabEnd end = world.End(enabled: false);
        Task<LabReply<int>>[] early = [.. Enumerable.Range(0, 20).Select(i => world.Call(end, i))];
        await world.DelayAsync(100);
        end.IsEnabled = true;
        (double milliseconds, LabReply<int> late) = await world.TimeAsync(world.Call(end, 99));
        Assert.Equal((0d, true), (milliseconds, late.Success));
        foreach (Task<LabReply<int>> call in early)
        {
            Assert.False((await call).Success);
        }

        Assert.Equal([99], world.Handled);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_call_whose_handler_runs_fails_within_100_ms_of_the_end_of_server_or_link(bool serverDies) => LabWorld.Run(async world =>
    {
        LabEnd end = world.End();
        Task<LabReply<int>> call = world.Call(end, 99, handlerMs: 20_000);
        await world.DelayAsync(1050);
        Assert.False(call.IsCompleted);
        if (serverDies)
        {
            world.Network.Remove(LabWorld.ServerName);
        }
        else
        {
            end.IsEnabled = false;
        }

        (double milliseconds, LabReply<int> reply) = await world.TimeAsync(call);
        Assert.Equal((50d, false), (milliseconds, reply.Success));
    });

    [Fact]
    public void A_link_that_is_mended_before_the_next_look_was_never_cut_for_a_call() => LabWorld.Run(async world =>
    {
        LabEnd end = world.End();
        Task<LabReply<int>> call = world.Call(end, 99, handlerMs: 500);
        await world.DelayAsync(110);
        end.IsEnabled = false;
        await world.DelayAsync(80);
        end.IsEnabled = true;
        Assert.Equal(new LabReply<int>(true, 99), await call);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_handler_that_ends_after_the_cut_has_worked_in_vain(bool serverIsReplaced) => LabWorld.Run(async world =>
    {
        LabEnd end = world.End();
        Task<LabReply<int>> call = world.Call(end, 99, handlerMs: 50);
        await world.DelayAsync(20);
        if (serverIsReplaced)
        {
            world.AddServer();
        }
        else
        {
            end.IsEnabled = false;
        }

        (double milliseconds, LabReply<int> reply) = await world.TimeAsync(call);
        Assert.Equal((30d, false), (milliseconds, reply.Success));
        Assert.Equal([99], world.Handled);
        Assert.Equal(4, world.Network.TotalBytes);
    });

    [Fact]
    public void A_request_that_was_on_its_way_at_the_cut_arrives_and_its_reply_does_not()
    {
        int handled = 0;
        LabWorld.Run(async world =>
        {
            world.Network.IsReliable = false;
            for (int i = 0; i < 20; i++)
            {
                LabEnd end = world.End();
                Task<LabReply<int>> call = world.Call(end, i);
                end.IsEnabled = false;
                Assert.False((await call).Success);
            }

            handled += world.Handled.Count;
        });
        Assert.InRange(handled / 400.0, 0.85, 0.95);
    }

    [Fact]
    public void Long_reordering_holds_two_replies_of_three_back_and_no_request()
    {
        int held = 0;
        double sum = 0;
        LabWorld.Run(async world =>
        {
            world.Network.HasLongReordering = true;
            LabEnd end = world.End();
            for (int i = 0; i < 100; i++)
            {
                Task<LabReply<int>> call = world.Call(end, i);
                await world.DelayAsync(0);
                (double milliseconds, LabReply<int> reply) = await world.TimeAsync(call);
                Assert.True(reply.Success);
                Assert.True(milliseconds is 0 or (>= 200 and <= 2199), $"{milliseconds} ms");
                if (milliseconds > 0)
                {
                    held++;
                    sum += milliseconds;
                }
            }
        });
        Assert.InRange(held / 2000.0, 0.64, 0.70);
        Assert.InRange(sum / held, 650, 750);
    }

    [Fact]
    public void A_hundred_thousand_calls_are_all_answered() => LabWorld.Run(
        async world =>
        {
            LabEnd end = world.End();
            for (int i = 0; i < 100_000; i++)
            {
                Assert.True((await world.Call(end, i)).Success);
            }

            Assert.Equal(100_000, world.Server.IncomingCalls);
        },
        seeds: 1);
}
