/*
 * What a new survey's first page says, below its title. The sentences in italics are for the group to answer and
 * then to delete; those that stand upright are good enough to stay.
 */
const problemSurvey = `
This page describes one problem, so that anyone can understand it without having been in our discussions. It does
not choose a solution: that comes after, and will refer to this page.

## Goal

*Say in one or two sentences what will exist when we are done, and who it is for. If we cannot agree on this
sentence, that is the first thing to talk about.*

We are done when somebody who has never met the problem can read this page and explain it to us, and we recognise
what they say.

- **In scope:** *what we look at.*
- **Out of scope:** *what we leave alone on purpose, and why.*

## Who is affected

*Name the groups of people who meet this problem, and how each of them meets it. Which of them take part here? Who
is missing, and who could ask them?*

- *Group:* *what they are trying to do, what happens instead, and how often.*

## Complaints

A complaint is a call for help; it is not yet the problem. Quote it in the words of those who made it, say where it
is from, and do not argue with it here.

> *“The exact words.”* – *who said it, where, when*

*What can be done about it today, while the cause is still there?*

## Root causes

*For each complaint ask “why?” until the answer is something that could be changed. Several complaints often lead to
one cause: give that cause a heading of its own here, and name the complaints that it explains.*

### *The first cause*

*What happens, step by step? Since when, and what was it meant to be good for? How do we know?*

## What has been tried

Every attempt taught somebody something. Failed ones belong here most of all.

- *The attempt, by whom and when:* *what it changed, where it stopped, and what we know since.*

## Open questions

*What do we not know, or not agree on? Write each as a question that could be answered, and say who might know. When
it is answered, the answer moves into the text above and the question goes.*

1. *Is there a question that everybody is too polite to ask?*

## Terms

Words that two of us could understand differently. If a discussion goes in circles, look here first.

- **Problem survey:** a text that lets anyone discover the whole context of a problem.
- *A word:* *what it means on this page, and what it does not.*
`;

/** The Markdown of each template's first page, without its title. */
export const templateText = { "problem-survey": problemSurvey, blank: "" } as const;

export type Template = keyof typeof templateText;
